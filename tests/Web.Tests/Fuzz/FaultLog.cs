using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Orkestron.Web.Tests.Fuzz;

/// <summary>Keeps what the web logs as an error: a fault of ours, for what is refused is none.</summary>
internal sealed class FaultLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _faults = new();

    public string[] Faults => [.. _faults];

    public ILogger CreateLogger(string categoryName) =>
        new Logger(_faults, categoryName, categoryName.StartsWith("Orkestron.Web", StringComparison.Ordinal)
            || categoryName.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Logger(ConcurrentQueue<string> faults, string category, bool ours) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => ours && logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                faults.Enqueue($"{category}: {formatter(state, exception)} {exception}");
            }
        }
    }
}
