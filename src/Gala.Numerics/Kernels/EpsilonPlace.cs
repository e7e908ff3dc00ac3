namespace Gala.Numerics;

/// <summary>Where RMSProp adds its ε.</summary>
public enum EpsilonPlace
{
    /// <summary>√s + ε: torch.optim.RMSprop, and so A2C and GALA as published.</summary>
    OutsideRoot,

    /// <summary>√(s + ε): A3C (Mnih et al. 2016) and tf.train.RMSPropOptimizer, and so IMPALA.</summary>
    InsideRoot,
}
