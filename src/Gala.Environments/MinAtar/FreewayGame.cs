using System.Runtime.CompilerServices;

namespace Gala.Environments.MinAtar;

/// <summary>Freeway: a chicken in column 4 crosses eight rows of cars from row 9 to row 0.</summary>
internal sealed partial class FreewayGame : IMinAtarGame
{
    public const int Channels = 7;
    private const int Cars = 8;
    private const int ChickenColumn = 4;
    private const int StartRow = 9;
    private const int MoveInterval = 3;
    private const int TimeLimit = 2500;
    private const int SlowestSpeed = 5;

    private CarRow _cars;
    private int _row;
    private int _moveTimer;
    private int _timeLeft;

    public bool Terminal { get; private set; }

    public void Reset(IRandomSource random)
    {
        Randomize(random);
        for (int i = 0; i < Cars; i++)
        {
            _cars[i].X = 0;
        }

        _row = StartRow;
        _moveTimer = MoveInterval;
        _timeLeft = TimeLimit;
        Terminal = false;
    }

    public int Act(GameAction action, IRandomSource random)
    {
        if (Terminal)
        {
            return 0;
        }

        MoveChicken(action);
        int reward = 0;
        if (_row == 0)
        {
            reward = 1;
            Randomize(random);
            _row = StartRow;
        }

        MoveCars();
        if (_moveTimer > 0)
        {
            _moveTimer--;
        }

        _timeLeft--;
        Terminal = _timeLeft < 0;
        return reward;
    }

    private void Randomize(IRandomSource random)
    {
        for (int i = 0; i < Cars; i++)
        {
            _cars[i].Timer = random.UniformInteger(1, SlowestSpeed + 1);
        }

        for (int i = 0; i < Cars; i++)
        {
            _cars[i].Speed = random.Uniform() < 0.5 ? -_cars[i].Timer : _cars[i].Timer;
        }
    }

    private void MoveChicken(GameAction action)
    {
        if (_moveTimer != 0 || action is not (GameAction.Up or GameAction.Down))
        {
            return;
        }

        _moveTimer = MoveInterval;
        _row = action == GameAction.Up ? Math.Max(0, _row - 1) : Math.Min(StartRow, _row + 1);
    }

    private void MoveCars()
    {
        for (int i = 0; i < Cars; i++)
        {
            ref Car car = ref _cars[i];
            MeetChicken(car.X, i);
            if (car.Timer != 0)
            {
                car.Timer--;
                continue;
            }

            car.Timer = Math.Abs(car.Speed);
            car.X = Wrap(car.Speed > 0 ? car.X + 1 : car.X - 1);
            MeetChicken(car.X, i);
        }
    }

    private void MeetChicken(int x, int car)
    {
        if (x == ChickenColumn && _row == car + 1)
        {
            _row = StartRow;
        }
    }

    private static int Wrap(int x) => x < 0 ? Board.Last : x > Board.Last ? 0 : x;

    /// <summary>A car: moves one column every |Speed| + 1 steps, to the right if Speed is positive.</summary>
    private struct Car
    {
        public int X;
        public int Speed;
        public int Timer;
    }

    [InlineArray(Cars)]
    private struct CarRow
    {
        private Car _car; // the element that the runtime repeats
    }
}
