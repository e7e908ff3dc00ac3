namespace Gala.Gossip.Tests;

/// <summary>Agents in lock-step, each on a thread of its own.</summary>
internal static class LockStepRun
{
    /// <summary>Runs rounds of a local update and an exchange; gives every agent's parameters after every round, [round][rank].</summary>
    /// <param name="topology">Who mixes with whom.</param>
    /// <param name="start">First parameters of every agent; left as they are.</param>
    /// <param name="rounds">How many.</param>
    /// <param name="update">The local update, given rank, round and the parameters; none for a learning rate of 0.</param>
    /// <param name="pushSum">Whether weights travel along.</param>
    /// <param name="format">How parameters travel.</param>
    public static float[][][] Of(
        Topology topology,
        float[][] start,
        int rounds,
        Action<int, int, float[]>? update = null,
        bool pushSum = false,
        MessageFormat format = MessageFormat.Exact)
    {
        using LockStepGossip gossip = new(topology, start[0].Length, pushSum, format);
        float[][][] history = [.. Enumerable.Range(0, rounds).Select(_ => new float[topology.Agents][])];
        Exception?[] errors = InParallel(gossip, (rank, agent) =>
        {
            float[] parameters = [.. start[rank]];
            for (int round = 0; round < rounds; round++)
            {
                update?.Invoke(rank, round, parameters);
                GossipResult result = agent.Exchange(parameters, round + 1);
                Assert.Equal(new GossipResult(Mixed: topology.Agents > 1, Stop: false), result);
                history[round][rank] = [.. parameters];
            }
        });
        Assert.All(errors, Assert.Null);
        return history;
    }

    /// <summary>One thread an agent; gives what each threw.</summary>
    /// <remarks>Each leaves as soon as it is done: the slower ones must not mistake that for a broken round, and a test that fails ends.</remarks>
    public static Exception?[] InParallel(LockStepGossip gossip, Action<int, IGossip> body)
    {
        Exception?[] errors = new Exception?[gossip.Topology.Agents];
        Thread[] threads = [.. Enumerable.Range(0, errors.Length).Select(rank => new Thread(() =>
        {
            errors[rank] = Record.Exception(() => body(rank, gossip.Agent(rank)));
            gossip.Agent(rank).Leave();
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return errors;
    }

    public static double[] Mean(float[][] agents) =>
        [.. Enumerable.Range(0, agents[0].Length).Select(i => agents.Average(agent => (double)agent[i]))];

    /// <summary>‖X − X̄‖ in the Frobenius norm.</summary>
    public static double Disagreement(float[][] agents)
    {
        double[] mean = Mean(agents);
        return Math.Sqrt(agents.Sum(agent => agent.Zip(mean, (x, m) => (x - m) * (x - m)).Sum()));
    }

    public static float[][] Draw(int agents, int length, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, agents).Select(_ => Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f).ToArray())];
    }
}
