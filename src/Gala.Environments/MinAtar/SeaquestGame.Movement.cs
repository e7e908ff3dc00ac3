namespace Gala.Environments.MinAtar;

internal sealed partial class SeaquestGame
{
    // Every sweep goes backward, so that removing the element in hand leaves the places of those to come.

    private int MoveShots()
    {
        int reward = 0;
        for (int i = _shots.Count - 1; i >= 0; i--)
        {
            ref Mover shot = ref _shots[i];
            if (!shot.Advance())
            {
                _shots.RemoveAt(i);
            }
            else if (_fish.RemoveFirstOn(shot.X, shot.Y) || _enemySubs.RemoveFirstOn(shot.X, shot.Y))
            {
                _shots.RemoveAt(i);
                reward++;
            }
        }

        return reward;
    }

    private void MoveDivers()
    {
        for (int i = _divers.Count - 1; i >= 0; i--)
        {
            ref Mover diver = ref _divers[i];
            if (TakeAboard(i))
            {
                continue;
            }

            if (diver.MoveTimer != 0)
            {
                diver.MoveTimer--;
                continue;
            }

            diver.MoveTimer = DiverMoveInterval;
            if (!diver.Advance())
            {
                _divers.RemoveAt(i);
            }
            else
            {
                TakeAboard(i);
            }
        }
    }

    private bool TakeAboard(int index)
    {
        if (_diverCount >= FullCrew || !MeetsSub(_divers[index]))
        {
            return false;
        }

        _divers.RemoveAt(index);
        _diverCount++;
        return true;
    }

    private int MoveEnemySubs()
    {
        int reward = 0;
        for (int i = _enemySubs.Count - 1; i >= 0; i--)
        {
            Mover enemy = _enemySubs[i]; // a copy: it fires below even when it has just been removed
            bool stays = MoveEnemy(ref enemy, ref reward);
            if (enemy.ShotTimer == 0)
            {
                enemy.ShotTimer = EnemyShotInterval;
                _enemyShots.Add(new Mover(enemy.X, enemy.Y, enemy.Right));
            }
            else
            {
                enemy.ShotTimer--;
            }

            Keep(_enemySubs, i, enemy, stays);
        }

        return reward;
    }

    private void MoveEnemyShots()
    {
        for (int i = _enemyShots.Count - 1; i >= 0; i--)
        {
            ref Mover shot = ref _enemyShots[i];
            Terminal |= MeetsSub(shot);
            if (!shot.Advance())
            {
                _enemyShots.RemoveAt(i);
            }
            else
            {
                Terminal |= MeetsSub(shot);
            }
        }
    }

    private int MoveFish()
    {
        int reward = 0;
        for (int i = _fish.Count - 1; i >= 0; i--)
        {
            Mover enemy = _fish[i];
            bool stays = MoveEnemy(ref enemy, ref reward);
            Keep(_fish, i, enemy, stays);
        }

        return reward;
    }

    /// <summary>Contact and movement of a fish or an enemy sub. Returns whether it is still there; adds the reward of a hit.</summary>
    private bool MoveEnemy(ref Mover enemy, ref int reward)
    {
        Terminal |= MeetsSub(enemy);
        if (enemy.MoveTimer != 0)
        {
            enemy.MoveTimer--;
            return true;
        }

        enemy.MoveTimer = (sbyte)_moveSpeed;
        if (!enemy.Advance())
        {
            return false;
        }

        if (MeetsSub(enemy))
        {
            Terminal = true;
            return true;
        }

        bool hit = _shots.RemoveFirstOn(enemy.X, enemy.Y);
        reward += hit ? 1 : 0;
        return !hit;
    }

    private static void Keep(MoverList movers, int index, in Mover mover, bool stays)
    {
        if (stays)
        {
            movers[index] = mover;
        }
        else
        {
            movers.RemoveAt(index);
        }
    }
}
