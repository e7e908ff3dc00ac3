using System.Runtime.InteropServices;

namespace Gala.Cli;

/// <summary>Hears SIGINT, SIGTERM and SIGHUP instead of dying of them.</summary>
/// <remarks>A signal that the process was started to ignore, as <c>nohup</c> ignores SIGHUP, stays ignored: .NET registers no handler over that. On Windows
/// SIGHUP is a console window that closes; the system ends the process all the same.</remarks>
internal sealed class SignalListener : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;

    public SignalListener(Action<PosixSignal> heard)
    {
        void Handle(PosixSignalContext context)
        {
            context.Cancel = true;
            heard(context.Signal);
        }

        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Handle),
        ];
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }
}
