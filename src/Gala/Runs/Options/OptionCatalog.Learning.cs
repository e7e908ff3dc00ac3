namespace Gala.Runs;

public static partial class OptionCatalog
{
    private const string LearningGroup = "How it learns";
    private const string PresetDefault = "by network";
    private const double LargestReal = 1_000;

    private static IEnumerable<OptionEntry> LearningOptions() =>
    [
        new(
            new WholeNumberType<int>(1, 65_536),
            options => options.Rollout,
            (options, value) => options with { Rollout = (int?)value })
        {
            Key = "rollout",
            Group = LearningGroup,
            ValueHint = "T",
            Description = "Environment steps of each simulator between updates",
            DefaultText = PresetDefault,
            UnsetWord = OptionEntry.Automatic,
        },
        new(
            new ChoiceType(["rmsprop", "adam"]),
            options => options.Optimizer,
            (options, value) => options with { Optimizer = (string?)value })
        {
            Key = "optimizer",
            Group = LearningGroup,
            ValueHint = "NAME",
            Description = "Optimiser",
            DefaultText = PresetDefault,
            UnsetWord = OptionEntry.Automatic,
        },
        new(
            new RealNumberType(0, LargestReal, LowestAllowed: false),
            options => options.LearningRate,
            (options, value) => options with { LearningRate = (double?)value })
        {
            Key = "learningRate",
            Group = LearningGroup,
            ValueHint = "X",
            Description = "Learning rate at the start",
            DefaultText = "by network, scaled with the square root of the number of simulators",
            UnsetWord = OptionEntry.Automatic,
        },
        new(
            new ChoiceType(["constant", "linear"]),
            options => options.LearningRateSchedule,
            (options, value) => options with { LearningRateSchedule = (string?)value })
        {
            Key = "learningRateSchedule",
            Group = LearningGroup,
            ValueHint = "NAME",
            Description = "constant, or linear to 0 at the last frame",
            DefaultText = PresetDefault,
            UnsetWord = OptionEntry.Automatic,
        },
        new(
            new RealNumberType(0, 1, HighestAllowed: false),
            options => options.RmsPropDecay,
            (options, value) => options with { RmsPropDecay = (double)value! })
        {
            Key = "rmsPropDecay",
            Group = LearningGroup,
            ValueHint = "X",
            Description = "Decay of RMSProp's mean square",
        },
        new(
            new RealNumberType(0, LargestReal, LowestAllowed: false),
            options => options.OptimizerEpsilon,
            (options, value) => options with { OptimizerEpsilon = (double?)value })
        {
            Key = "optimizerEpsilon",
            Group = LearningGroup,
            ValueHint = "X",
            Description = "Added to the optimiser's divisor",
            DefaultText = "1e-5 for rmsprop, 1e-8 for adam",
            UnsetWord = OptionEntry.Automatic,
        },
        new(
            new ChoiceType(["outside", "inside"]),
            options => options.EpsilonPlace,
            (options, value) => options with { EpsilonPlace = (string?)value })
        {
            Key = "epsilonPlace",
            Group = LearningGroup,
            ValueHint = "PLACE",
            Description = "Where RMSProp's epsilon stands: outside or inside the root",
            DefaultText = "inside for a3c, outside for the others",
            UnsetWord = OptionEntry.Automatic,
        },
        new(
            new RealNumberType(0, 1),
            options => options.Gamma,
            (options, value) => options with { Gamma = (double)value! })
        {
            Key = "gamma",
            Group = LearningGroup,
            ValueHint = "X",
            Description = "Discount of a reward one step later",
        },
        new(
            new RealNumberType(0, 1),
            options => options.GaeLambda,
            (options, value) => options with { GaeLambda = (double?)value })
        {
            Key = "gaeLambda",
            Group = LearningGroup,
            ValueHint = "X",
            Description = "Lambda of generalised advantage estimation; 1 gives n-step returns",
            DefaultText = PresetDefault,
            UnsetWord = OptionEntry.Automatic,
            Architectures = ["gala", "a2c", "a3c", "hts"],
        },
        new(
            new RealNumberType(0, LargestReal),
            options => options.Entropy,
            (options, value) => options with { Entropy = (double?)value })
        {
            Key = "entropy",
            Group = LearningGroup,
            ValueHint = "X",
            Description = "Weight of the entropy bonus",
            DefaultText = PresetDefault,
            UnsetWord = OptionEntry.Automatic,
        },
        new(
            new RealNumberType(0, LargestReal),
            options => options.ValueCoefficient,
            (options, value) => options with { ValueCoefficient = (double)value! })
        {
            Key = "valueCoefficient",
            Group = LearningGroup,
            ValueHint = "X",
            Description = "Weight of the value loss",
        },
        new(
            new RealNumberType(0, 1_000_000),
            options => options.MaxGradientNorm,
            (options, value) => options with { MaxGradientNorm = (double)value! })
        {
            Key = "maxGradientNorm",
            Group = LearningGroup,
            ValueHint = "X",
            Description = "Largest global norm of a gradient; 0 leaves gradients as they are",
        },
    ];
}
