using System.Text;

namespace Gala.Runs;

/// <summary>Options as a YAML file: one mapping, keys as in <see cref="OptionCatalog"/>, every key optional.</summary>
public static class RunOptionsFile
{
    private const int MostBytes = 1 << 20; // far above any configuration, far below what would hurt
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file over the defaults.</summary>
    /// <exception cref="InvalidOptionsException">The file cannot be read or says something that is no option; all problems together.</exception>
    public static RunOptions Read(string path)
    {
        RunOptionsBuilder builder = new();
        builder.AddFile(path);
        return OptionsOf(builder);
    }

    /// <summary>Reads YAML text over the defaults.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="source">Name of the text in messages.</param>
    /// <exception cref="InvalidOptionsException">The text says something that is no option; all problems together.</exception>
    public static RunOptions Parse(string yaml, string source)
    {
        RunOptionsBuilder builder = new();
        builder.AddText(yaml, source);
        return OptionsOf(builder);
    }

    /// <summary>Reads what a run was started with. An option that did not exist yet has the value that all runs had then.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    internal static RunOptions ReadOfRun(string path) => WithEarlierDefaults(Read(path));

    /// <summary>Reads what a run was started with from text.</summary>
    /// <inheritdoc cref="Parse"/>
    internal static RunOptions ParseOfRun(string yaml, string source) => WithEarlierDefaults(Parse(yaml, source));

    /// <summary>Every option with its value and description, in the order of <see cref="OptionCatalog"/>.</summary>
    /// <remarks><see cref="Parse"/> gives equal options back.</remarks>
    public static string Write(RunOptions options)
    {
        StringBuilder yaml = new(
            "# The whole configuration of a run; `gala train --config` on this file repeats it, RunOptionsFile.Read reads it.\n");
        foreach (IGrouping<string, OptionEntry> group in OptionCatalog.All.GroupBy(entry => entry.Group))
        {
            yaml.Append("\n# ").Append(group.Key).Append('\n');
            foreach (OptionEntry entry in group)
            {
                yaml.Append("# ").Append(entry.Description).Append(".\n");
                yaml.Append(entry.Key).Append(": ").Append(YamlScalar.Write(entry.Format(options))).Append('\n');
            }
        }

        return yaml.ToString();
    }

    internal static bool TryReadText(string path, out string text, out OptionProblem? problem)
    {
        (text, problem) = ("", null);
        if (!TryReadBytes(path, out byte[] bytes, out string why))
        {
            problem = new OptionProblem("--config", why);
            return false;
        }

        try
        {
            text = StrictUtf8.GetString(bytes).TrimStart('\uFEFF');
            return true;
        }
        catch (DecoderFallbackException)
        {
            problem = new OptionProblem("--config", Unreadable(path, "it is not UTF-8 text"));
            return false;
        }
    }

    /// <summary>Reads a small file; otherwise says in one line why not.</summary>
    internal static bool TryReadBytes(string path, out byte[] bytes, out string problem)
    {
        (bytes, problem) = ([], "");
        try
        {
            bytes = ReadBytes(path);
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = Unreadable(path, "there is no such file");
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            problem = Unreadable(path, "it is a folder");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = Unreadable(path, OneLine.Message(exception));
        }

        return false;
    }

    private static byte[] ReadBytes(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] bytes = new byte[MostBytes + 1];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false); // not file.Length: devices have none
        return length <= MostBytes ? bytes[..length] : throw new IOException("it is larger than 1 MiB, which no configuration is");
    }

    private static string Unreadable(string path, string why) => $"cannot read {OneLine.QuotePath(path)}: {why}";

    private static RunOptions WithEarlierDefaults(RunOptions options) =>
        options.Architecture == "gala" ? options with { GossipGradients = options.GossipGradients ?? false } : options;

    private static RunOptions OptionsOf(RunOptionsBuilder builder) =>
        builder.Problems.Count == 0 ? builder.Options : throw new InvalidOptionsException(builder.Problems);
}
