namespace Gala.Environments.MinAtar;

/// <summary>Seaquest: a submarine of two cells shoots fish and enemy subs, picks up divers and must surface for air.</summary>
internal sealed partial class SeaquestGame(bool ramping) : IMinAtarGame
{
    public const int Channels = 10;
    private const int LowestRow = 8;
    private const int FullOxygen = 200;
    private const int FullCrew = 6;
    private const int ShotInterval = 5;
    private const int EnemyShotInterval = 10;
    private const int DiverInterval = 30;
    private const int DiverMoveInterval = 5;

    // At most one enemy a step, each gone after 10 moves of at most 6 steps: 60 enemies. Each enemy sub fires every 11 steps and a
    // shot lives for at most 10: no more enemy shots than subs that lived in 10 steps, 70.
    private const int EnemyCapacity = 64;
    private const int EnemyShotCapacity = 96;
    private const int FewCapacity = 8; // player's shots: one in 5 steps for 10 steps; divers: one in 30 steps for 60 steps

    private readonly bool _ramping = ramping;
    private readonly MoverList _shots = new(FewCapacity);
    private readonly MoverList _enemyShots = new(EnemyShotCapacity);
    private readonly MoverList _fish = new(EnemyCapacity);
    private readonly MoverList _enemySubs = new(EnemyCapacity);
    private readonly MoverList _divers = new(FewCapacity);
    private int _subX;
    private int _subY;
    private int _oxygen;
    private int _diverCount;
    private int _spawnSpeed;
    private int _spawnTimer;
    private int _diverTimer;
    private int _moveSpeed;
    private int _rampIndex;
    private int _shotTimer;
    private bool _facingRight;
    private bool _atSurface;

    public bool Terminal { get; private set; }

    public void Reset(IRandomSource random)
    {
        _shots.Clear();
        _enemyShots.Clear();
        _fish.Clear();
        _enemySubs.Clear();
        _divers.Clear();
        (_subX, _subY, _facingRight, _atSurface) = (5, 0, false, true);
        (_oxygen, _diverCount) = (FullOxygen, 0);
        (_spawnSpeed, _spawnTimer, _moveSpeed) = (20, 20, 5);
        _diverTimer = DiverInterval;
        (_rampIndex, _shotTimer) = (0, 0);
        Terminal = false;
    }

    public int Act(GameAction action, IRandomSource random)
    {
        if (Terminal)
        {
            return 0;
        }

        SpawnWhenDue(random);
        Play(action);
        int reward = MoveShots();
        MoveDivers();
        reward += MoveEnemySubs();
        MoveEnemyShots();
        reward += MoveFish();
        _spawnTimer = Math.Max(0, _spawnTimer - 1);
        _diverTimer = Math.Max(0, _diverTimer - 1);
        _shotTimer = Math.Max(0, _shotTimer - 1);
        Terminal |= _oxygen <= 0;
        return reward + Breathe();
    }

    private bool MeetsSub(in Mover mover) => mover.IsOn(_subX, _subY);

    private void SpawnWhenDue(IRandomSource random)
    {
        if (_spawnTimer == 0)
        {
            SpawnEnemy(random);
            _spawnTimer = _spawnSpeed;
        }

        if (_diverTimer == 0)
        {
            bool right = random.Uniform() < 1.0 / 2;
            int y = random.UniformInteger(1, 9);
            _divers.Add(new Mover(right ? 0 : Board.Last, y, right, DiverMoveInterval));
            _diverTimer = DiverInterval;
        }
    }

    private void SpawnEnemy(IRandomSource random)
    {
        bool right = random.Uniform() < 1.0 / 2;
        bool isSub = random.Uniform() < 1.0 / 3;
        int y = random.UniformInteger(1, 9);
        if (HasOncoming(_enemySubs, y, right) || HasOncoming(_fish, y, right))
        {
            return;
        }

        int x = right ? 0 : Board.Last;
        if (isSub)
        {
            _enemySubs.Add(new Mover(x, y, right, _moveSpeed, EnemyShotInterval));
        }
        else
        {
            _fish.Add(new Mover(x, y, right, _moveSpeed));
        }
    }

    private static bool HasOncoming(MoverList enemies, int y, bool right)
    {
        foreach (Mover enemy in enemies.All)
        {
            if (enemy.Y == y && enemy.Right != right)
            {
                return true;
            }
        }

        return false;
    }

    private void Play(GameAction action)
    {
        switch (action)
        {
            case GameAction.Fire when _shotTimer == 0:
                _shots.Add(new Mover(_subX, _subY, _facingRight));
                _shotTimer = ShotInterval;
                break;
            case GameAction.Left:
                _subX = Math.Max(0, _subX - 1);
                _facingRight = false;
                break;
            case GameAction.Right:
                _subX = Math.Min(Board.Last, _subX + 1);
                _facingRight = true;
                break;
            case GameAction.Up:
                _subY = Math.Max(0, _subY - 1);
                break;
            case GameAction.Down:
                _subY = Math.Min(LowestRow, _subY + 1);
                break;
        }
    }

    /// <summary>Air and the surface. Returns the reward of a full rescue.</summary>
    private int Breathe()
    {
        if (_subY > 0)
        {
            _oxygen--;
            _atSurface = false;
            return 0;
        }

        if (_atSurface)
        {
            return 0;
        }

        if (_diverCount == 0)
        {
            Terminal = true;
            return 0;
        }

        return Surface();
    }

    private int Surface()
    {
        _atSurface = true;
        int reward = 0;
        if (_diverCount == FullCrew)
        {
            reward = OxygenGauge;
            _diverCount = 0;
        }

        _oxygen = FullOxygen;
        _diverCount--; // after a full rescue too: −1 is a count like any other, only 0 ends the game at the surface
        if (_ramping && (_spawnSpeed > 1 || _moveSpeed > 2))
        {
            if (_moveSpeed > 2 && _rampIndex % 2 == 1)
            {
                _moveSpeed--;
            }

            if (_spawnSpeed > 1)
            {
                _spawnSpeed--;
            }

            _rampIndex++;
        }

        return reward;
    }
}
