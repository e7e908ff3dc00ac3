using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>Cuts an outer-product sum into tiles.</summary>
internal static unsafe class OuterProduct<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    public static void Run(in OuterProductArguments arguments)
    {
        ColumnPanels panels = new(arguments.RightColumns, TOps.Lanes);
        for (int column = 0; column < arguments.LeftColumns;)
        {
            int columns = TileColumns(arguments.LeftColumns - column);
            for (int panel = 0; panel < panels.Count; panel++)
            {
                int first = panels.FirstVector(panel);
                switch (panels.FirstVector(panel + 1) - first)
                {
                    case 1:
                        OuterPanel<TOps, TVector>.Run(arguments, column, columns, first * TOps.Lanes);
                        break;
                    case 2:
                        OuterPanel<PairOps<TOps, TVector>, Pair<TVector>>.Run(arguments, column, columns, first * TOps.Lanes);
                        break;
                    default:
                        OuterPanel<TripleOps<TOps, TVector>, Triple<TVector>>.Run(arguments, column, columns, first * TOps.Lanes);
                        break;
                }
            }

            column += columns;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TileColumns(int remaining) =>
        remaining >= 8 && TOps.TileRows == 8 ? 8 : remaining >= 4 ? 4 : 1;
}
