using System.Globalization;
using System.Text;

namespace Gala.Runs;

/// <summary>Appends each message to <c>log.txt</c>, one line with its time in UTC.</summary>
public sealed class LogFile : ITrainingObserver, IDisposable
{
    private readonly FileStream _stream;
    private readonly TimeProvider _clock;

    /// <summary>Opens the file to go on at its end, on a line of its own if a crash cut the last one short.</summary>
    /// <param name="path">The file, made if it is not there.</param>
    /// <param name="clock">Gives the time of each line.</param>
    public LogFile(string path, TimeProvider clock)
    {
        _clock = clock;
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (_stream.Length > 0)
        {
            _stream.Seek(-1, SeekOrigin.End);
            if (_stream.ReadByte() != '\n')
            {
                _stream.WriteByte((byte)'\n');
            }
        }
    }

    /// <inheritdoc />
    public void OnReport(TrainingReport report)
    {
        // Reports are for programs; the metrics have them.
    }

    /// <inheritdoc />
    public void OnMessage(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        string line = OneLine.LogText(message);
        WholeAppend.Write(_stream, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_clock.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z {line}\n")));
    }

    /// <inheritdoc />
    public void Dispose() => _stream.Dispose();
}
