using System.Reflection;
using Gala.Runs;

namespace Gala.Tests.Runs.Options;

public sealed class OptionCatalogTests
{
    public static TheoryData<string> Keys => [.. OptionCatalog.All.Select(entry => entry.Key)];

    [Fact]
    public void All_EveryPropertyOfRunOptions_IsAnOptionAndNothingElseIs()
    {
        IEnumerable<string> properties = typeof(RunOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..]);
        Assert.Equal(properties.Order(StringComparer.Ordinal), OptionCatalog.All.Select(entry => entry.Key).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Keys))]
    public void Apply_FormattedValue_SetsExactlyThatProperty(string key)
    {
        OptionEntry entry = OptionCatalog.FindKey(key)!;
        RunOptions changed = entry.Apply(new RunOptions(), entry.Format(SomeOptions.NothingLeftOpen), out string? problem);
        Assert.Null(problem);
        foreach (PropertyInfo property in typeof(RunOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            bool isIt = property.Name.Equals(key, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(property.GetValue(isIt ? SomeOptions.NothingLeftOpen : new RunOptions()), property.GetValue(changed));
        }
    }

    [Theory, MemberData(nameof(Keys))]
    public void Entry_EveryOption_CanBeListedInHelp(string key)
    {
        OptionEntry entry = OptionCatalog.FindKey(key)!;
        Assert.Same(entry, OptionCatalog.FindName(entry.Name));
        Assert.Equal(entry.IsSwitch, entry.ValueHint.Length == 0);
        Assert.NotEmpty(entry.DefaultText);
        Assert.NotEmpty(entry.Description);
        Assert.False(entry.Description.EndsWith('.'));
    }

    [Theory]
    [InlineData("learningRate", "--learning-rate")]
    [InlineData("rmsPropDecay", "--rms-prop-decay")]
    [InlineData("frames", "--frames")]
    public void Name_Key_IsKebabCase(string key, string name) => Assert.Equal(name, OptionCatalog.FindKey(key)!.Name);

    [Fact]
    public void Apply_UnsetWord_TakesAnEarlierValueBack()
    {
        Assert.Null(OptionCatalog.FindName("--max-staleness")!.Apply(new RunOptions { MaxStaleness = 3 }, "auto", out _).MaxStaleness);
        Assert.Null(OptionCatalog.FindName("--agents")!.Apply(new RunOptions { Agents = 3 }, "auto", out _).Agents);
    }

    [Fact]
    public void SuggestName_Misspelt_NamesTheOption() =>
        Assert.Equal(", did you mean --learning-rate?", OptionCatalog.SuggestName("--learnin-rate"));
}
