using System.Runtime.InteropServices;

namespace Gala.Cli;

/// <summary>Hears SIGINT and SIGTERM instead of dying of them.</summary>
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
