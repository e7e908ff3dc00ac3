namespace Gala.Numerics;

/// <summary>Cuts a row product into tiles.</summary>
internal static unsafe class RowProduct<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    public static void Run(in RowProductArguments arguments)
    {
        ColumnPanels panels = arguments.Right.Panels;
        for (int panel = 0; panel < panels.Count; panel++)
        {
            int first = panels.FirstVector(panel);
            switch (panels.FirstVector(panel + 1) - first)
            {
                case 1:
                    RowPanel<TOps, TVector>.Run(arguments, first);
                    break;
                case 2:
                    RowPanel<PairOps<TOps, TVector>, Pair<TVector>>.Run(arguments, first);
                    break;
                default:
                    RowPanel<TripleOps<TOps, TVector>, Triple<TVector>>.Run(arguments, first);
                    break;
            }
        }
    }
}
