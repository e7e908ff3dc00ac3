using System.Text;

namespace Gala.Cli;

/// <summary>Passes text on and never throws: what cannot be written, as to a terminal that was closed or to a full disk, is dropped.</summary>
/// <remarks>What is printed tells how a run goes; it is no reason to end one. Commands whose output is their result ask for <see cref="Failure"/>.</remarks>
internal sealed class ForgivingWriter : TextWriter
{
    private readonly TextWriter _writer;
    private volatile string? _failure; // written by any thread that prints, the first one stays

    private ForgivingWriter(TextWriter writer)
        : base(writer.FormatProvider) => _writer = writer;

    /// <summary>Why the first text that was dropped could not be written; null if all was.</summary>
    public string? Failure => _failure;

    public override Encoding Encoding => _writer.Encoding;

    /// <summary>The writer made forgiving, unless it is that already.</summary>
    public static ForgivingWriter Around(TextWriter writer) => writer as ForgivingWriter ?? new ForgivingWriter(writer);

    public override void Write(char value) => Try(value, static (writer, text) => writer.Write(text));

    public override void Write(string? value) => Try(value, static (writer, text) => writer.Write(text));

    public override void Write(char[] buffer, int index, int count) =>
        Try((buffer, index, count), static (writer, text) => writer.Write(text.buffer, text.index, text.count));

    public override void WriteLine() => Try(0, static (writer, _) => writer.WriteLine());

    public override void WriteLine(string? value) => Try(value, static (writer, text) => writer.WriteLine(text)); // in one call: lines of two threads stay whole

    public override void Flush() => Try(0, static (writer, _) => writer.Flush());

    private void Try<TText>(TText text, Action<TextWriter, TText> write)
    {
        try
        {
            write(_writer, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            _failure ??= exception.Message;
        }
    }
}
