using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gala.Environments.MinAtar;

/// <summary>Asterix: the player collects gold and dodges enemies, which cross rows 1 to 8 from one side to the other.</summary>
internal sealed partial class AsterixGame(bool ramping) : IMinAtarGame
{
    public const int Channels = 4;
    private const int Slots = 8;
    private const int RampInterval = 100;

    private readonly bool _ramping = ramping;
    private Row _columns; // of the entity in each slot, 0 to 9
    private uint _taken; // a bit a slot, as in the two masks below
    private uint _right;
    private uint _gold;
    private int _playerX;
    private int _playerY;
    private int _spawnSpeed;
    private int _spawnTimer;
    private int _moveSpeed;
    private int _moveTimer;
    private int _rampTimer;
    private int _rampIndex;

    public bool Terminal { get; private set; }

    public void Reset(IRandomSource random)
    {
        (_taken, _right, _gold) = (0, 0, 0);
        (_playerX, _playerY) = (5, 5);
        (_spawnSpeed, _spawnTimer) = (10, 10);
        (_moveSpeed, _moveTimer) = (5, 5);
        (_rampTimer, _rampIndex) = (RampInterval, 0);
        Terminal = false;
    }

    public int Act(GameAction action, IRandomSource random)
    {
        if (Terminal)
        {
            return 0;
        }

        if (_spawnTimer == 0)
        {
            Spawn(random);
            _spawnTimer = _spawnSpeed;
        }

        MovePlayer(action);
        int slot = _playerY - 1; // an entity stays in its row, so only this slot can meet the player
        int reward = 0;
        if ((_taken & (1u << slot)) != 0 && _columns[slot] == _playerX)
        {
            reward += Touch(slot);
        }

        if (_moveTimer == 0)
        {
            _moveTimer = _moveSpeed;
            reward += MoveEntities();
        }

        _spawnTimer--;
        _moveTimer--;
        Ramp();
        return reward;
    }

    private void Spawn(IRandomSource random)
    {
        bool right = random.Uniform() < 1.0 / 2;
        bool gold = random.Uniform() < 1.0 / 3;
        uint free = ~_taken & 0xFF;
        if (free == 0)
        {
            return;
        }

        for (int skipped = random.UniformInteger(0, BitOperations.PopCount(free)); skipped > 0; skipped--)
        {
            free &= free - 1;
        }

        int slot = BitOperations.TrailingZeroCount(free);
        uint bit = 1u << slot;
        _taken |= bit;
        _right = right ? _right | bit : _right & ~bit;
        _gold = gold ? _gold | bit : _gold & ~bit;
        _columns[slot] = right ? 0 : Board.Last;
    }

    private void MovePlayer(GameAction action)
    {
        switch (action)
        {
            case GameAction.Left:
                _playerX = Math.Max(0, _playerX - 1);
                break;
            case GameAction.Right:
                _playerX = Math.Min(Board.Last, _playerX + 1);
                break;
            case GameAction.Up:
                _playerY = Math.Max(1, _playerY - 1);
                break;
            case GameAction.Down:
                _playerY = Math.Min(8, _playerY + 1);
                break;
        }
    }

    private int MoveEntities()
    {
        int reward = 0;
        for (int slot = 0; slot < Slots; slot++)
        {
            uint bit = 1u << slot;
            if ((_taken & bit) == 0)
            {
                continue;
            }

            int x = _columns[slot] + ((_right & bit) != 0 ? 1 : -1);
            if (!Board.HasColumn(x))
            {
                _taken &= ~bit;
                continue;
            }

            _columns[slot] = x;
            if (x == _playerX && slot == _playerY - 1)
            {
                reward += Touch(slot);
            }
        }

        return reward;
    }

    /// <summary>The player and the slot's entity are in one cell. Returns the reward.</summary>
    private int Touch(int slot)
    {
        uint bit = 1u << slot;
        if ((_gold & bit) != 0)
        {
            _taken &= ~bit;
            return 1;
        }

        Terminal = true;
        return 0;
    }

    private void Ramp()
    {
        if (!_ramping || (_spawnSpeed == 1 && _moveSpeed == 1))
        {
            return;
        }

        if (_rampTimer >= 0)
        {
            _rampTimer--;
            return;
        }

        if (_moveSpeed > 1 && _rampIndex % 2 == 1)
        {
            _moveSpeed--;
        }

        if (_spawnSpeed > 1)
        {
            _spawnSpeed--;
        }

        _rampIndex++;
        _rampTimer = RampInterval;
    }

    [InlineArray(Slots)]
    private struct Row
    {
        private int _column; // the element that the runtime repeats
    }
}
