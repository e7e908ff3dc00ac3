using FsCheck;
using FsCheck.Fluent;

namespace Gala.Gossip.Tests;

public sealed class MailboxProperties
{
    [Fact]
    public void Mailbox_AnyOrderOfCalls_BehavesLikeASingleCell() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(17, 19),
        Prop.ForAll<bool[]>(ArbMap.Default.ArbFor<bool[]>(), BehavesLikeASingleCell));

    private static bool BehavesLikeASingleCell(bool[] publishes)
    {
        using Mailbox mailbox = new(2);
        long latest = GossipMessage.None, taken = GossipMessage.None;
        for (int i = 0; i < publishes.Length; i++)
        {
            if (publishes[i])
            {
                latest = i;
                mailbox.Publish([i, -i], i);
                continue;
            }

            if (mailbox.TryTake() != (latest != taken))
            {
                return false;
            }

            taken = latest;
            GossipMessage current = mailbox.Current;
            if (current.Iteration != taken || (taken >= 0 && (current.Parameters[0] != taken || current.Parameters[1] != -taken)))
            {
                return false;
            }
        }

        return true;
    }
}
