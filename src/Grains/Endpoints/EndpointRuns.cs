using System.Collections.Concurrent;
using Orkestron.Domain;
using Orkestron.Domain.Providers;
using Orkestron.Grains.Execution;

namespace Orkestron.Grains.Endpoints;

/// <summary>The runs of this silo that call endpoints, so that progress that is reported by callback reaches them. Thread-safe.</summary>
public sealed class EndpointRuns
{
    private readonly ConcurrentDictionary<StepKey, IRunReporter> _runs = new();

    /// <summary>A run begins; disposed, it ends.</summary>
    public IDisposable Add(StepKey step, IRunReporter reporter)
    {
        _runs[step] = reporter;
        return new Entry(this, step, reporter);
    }

    internal void Report(StepReported report)
    {
        if (_runs.TryGetValue(report.Step, out var reporter))
        {
            reporter.Report(report);
        }
    }

    private sealed class Entry(EndpointRuns runs, StepKey step, IRunReporter reporter) : IDisposable
    {
        public void Dispose() => runs._runs.TryRemove(new KeyValuePair<StepKey, IRunReporter>(step, reporter));
    }
}
