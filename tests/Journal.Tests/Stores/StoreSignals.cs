using Microsoft.Extensions.Logging;
using Orkestron.Journal.Writing;

namespace Orkestron.Journal.Tests.Stores;

/// <summary>Hears from the writer's own log when its store is back.</summary>
internal sealed class StoreSignals : ILogger<JournalWriter>
{
    private readonly TaskCompletionSource _back = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the writer takes writes again after an outage.</summary>
    public Task Back => _back.Task;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name == "LogUp")
        {
            _back.TrySetResult();
        }
    }
}
