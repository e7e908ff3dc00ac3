namespace Gala.Learning;

/// <summary>What an agent's time goes to.</summary>
public enum Phase
{
    /// <summary>Forward passes and drawing actions; also packing the weights that an update changed.</summary>
    Act,

    /// <summary>Stepping simulators.</summary>
    Simulate,

    /// <summary>Returns, loss and backward pass.</summary>
    Learn,

    /// <summary>Clipping and the optimiser.</summary>
    Optimize,

    /// <summary>Publishing and mixing parameters, and waiting for others.</summary>
    Gossip,

    /// <summary>Nothing: ready for the next turn, while others have the processors.</summary>
    Queue,
}
