using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Agents;
using Orkestron.Grains.Common;
using Orkestron.Journal;
using Orkestron.Silo.Faults;
using Orleans.Runtime;

namespace Orkestron.Web.Tests.Faults;

/// <summary>What steps ask of their task, when that meets a fault: sent again while it may pass, given up when it does not.</summary>
public sealed class GrainRetryTests
{
    private readonly SkippingTime _time = new();
    private readonly Lines _log = new();
    private readonly GrainRetry _retry;

    public GrainRetryTests() => _retry = new GrainRetry(_time, Options.Create(new GrainRetryOptions()), _log);

    public static TheoryData<Exception> Passing =>
    [
        new JournalUnavailableException(),
        new TimeoutException(),
        new SiloUnavailableException(),
        new StreamBrokenException(),
        new UnreadableStreamException(),
        new InvalidOperationException("The cold state was not written.", new JournalUnavailableException()),
        new ObjectDisposedException("services"),
    ];

    public static TheoryData<Exception, string> Lasting => new()
    {
        { new InvalidOperationException("Sequence contains no elements."), "platform_fault" },
        { new NotSupportedException(), "platform_fault" },
        { new KeyNotFoundException(), "platform_fault" },
        { new JsonException(), "value_invalid" },
        { new OverflowException(), "value_invalid" },
    };

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task Send_WhileTheStoreOrASiloIsAwayForMinutes_GetsThrough(Exception fault)
    {
        var sent = 0;

        var answer = await _retry.SendAsync(() => ++sent <= 300 ? throw fault : Task.FromResult("done"), CancellationToken.None);

        Assert.Equal(("done", 301), (answer, sent));
        Assert.True(_time.Passed > TimeSpan.FromMinutes(9), $"{_time.Passed}");
        // Ten minutes, and a line for ten seconds at most.
        Assert.InRange(_log.Count(LogLevel.Warning), 2, 61);
    }

    [Fact]
    public void Command_WhoseActivationIsDropped_IsToBeSentAgainShortly()
    {
        Assert.Equal(TimeSpan.FromSeconds(1), GrainFaults.RetryAfter(new StreamBrokenException()));
        Assert.Equal(
            TimeSpan.FromSeconds(1), GrainFaults.RetryAfter(new InvalidOperationException("Not appended.", new StreamBrokenException())));
        Assert.Null(GrainFaults.RetryAfter(new InvalidOperationException("Sequence contains no elements.")));
    }

    [Theory]
    [MemberData(nameof(Lasting))]
    public async Task Send_WithAFaultThatDoesNotPass_FailsTheStepAfterSomeTries(Exception fault, string code)
    {
        var sent = 0;

        var failed = await Assert.ThrowsAsync<AgentFailedException>(() => _retry.SendAsync<int>(
            () =>
            {
                sent++;
                throw fault;
            },
            CancellationToken.None));

        Assert.Equal((code, 6), (failed.Code, sent));
        Assert.Equal(1, _log.Count(LogLevel.Error));
        Assert.Same(fault, failed.InnerException);
    }

    [Fact]
    public async Task Send_WithFaultsThatPassBetween_CountsOnlyTheOthers()
    {
        var sent = 0;

        await Assert.ThrowsAsync<AgentFailedException>(() => _retry.SendAsync<int>(
            () => ++sent % 2 == 0 ? throw new TimeoutException() : throw new NotSupportedException(), CancellationToken.None));

        Assert.Equal(11, sent);
    }

    [Fact]
    public async Task Send_OfManySteps_LogsALineForAllOfThem()
    {
        var still = new GrainRetry(_time, Options.Create(new GrainRetryOptions { MaxFaults = 1 }), _log);

        foreach (var fault in Enumerable.Range(0, 100).Select(static _ => new NotSupportedException()))
        {
            await Assert.ThrowsAsync<AgentFailedException>(() => still.SendAsync<int>(() => throw fault, CancellationToken.None));
        }

        Assert.Equal(1, _log.Count(LogLevel.Error));
    }

    [Fact]
    public async Task Send_OfAStepThatNobodyWants_Ends()
    {
        using var stop = new CancellationTokenSource();
        var sent = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _retry.SendAsync<int>(
            () =>
            {
                if (++sent == 3)
                {
                    stop.Cancel();
                }

                throw new JournalUnavailableException();
            },
            stop.Token));

        Assert.Equal(3, sent);
    }

    private sealed class Lines : ILogger<GrainRetry>
    {
        private readonly List<LogLevel> _levels = [];

        public int Count(LogLevel level) => _levels.Count(each => each == level);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _levels.Add(logLevel);
    }
}
