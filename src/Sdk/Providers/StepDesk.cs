using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Orchestration;
using Orkestron.Contracts.Providers;
using Orkestron.Sdk.Common;

namespace Orkestron.Sdk.Providers;

/// <summary>The steps in the hands of this process: runs each once, and sends its end until the platform has it.</summary>
internal sealed partial class StepDesk(
    IReadOnlyDictionary<string, ServedByProcess> agents, HubLink link, HttpClient http, TimeProvider clock, ILogger logger)
    : IDisposable
{
    private const int MaxEnded = 2_000;
    private const string Invalid = "output_invalid";
    private const string TooLarge = "output_too_large";

    private static readonly TimeSpan SuspendAfter = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<StepName, RunningStep> _steps = new();
    private readonly CallDesk _calls = new(link);
    private readonly Reports _reports = new(link, clock);
    private readonly EndedSteps _answered = new(MaxEnded);
    private readonly CancellationTokenSource _ended = new();
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _maxOutput = 1_048_576;

    public int Count => _steps.Count;

    /// <summary>Whether the process takes no more.</summary>
    public bool Draining { get; set; }

    public CallDesk Calls => _calls;

    public string[] Tickets => [.. _steps.Values.Where(static step => !step.Unwanted.IsCancellationRequested).Select(static step => step.Ticket)];

    public void Welcome(ProviderWelcome welcome)
    {
        (_maxOutput, _reports.MaxPartialCharacters) = (welcome.MaxOutputBytes, welcome.MaxPartialCharacters);
        _calls.Limit(welcome.MaxCalls);
    }

    /// <summary>A step was handed over; the same one again only gets its new name.</summary>
    public void Begin(StepAssignment assignment)
    {
        var step = new RunningStep(assignment);
        if (!_steps.TryAdd(step.Name, step))
        {
            step.Dispose();
            if (_steps.TryGetValue(step.Name, out var known))
            {
                known.Rename(assignment.Ticket);
            }

            return;
        }

        if (Draining || _answered.Take(step.Name))
        {
            step.Cancel(handBack: true);
        }

        _ = Task.Run(() => ServeAsync(step));
    }

    public void Stop(StepStop stop)
    {
        if (_steps.TryGetValue(StepName.Of(stop), out var step))
        {
            step.Cancel();
        }
    }

    /// <summary>Waits until nothing runs, or the time is over; then hands the rest back.</summary>
    public async Task DrainAsync(TimeSpan within)
    {
        Draining = true;
        await EmptyAsync(within).ConfigureAwait(false);
        foreach (var step in _steps.Values)
        {
            step.Cancel(handBack: true);
        }

        await EmptyAsync(TimeSpan.FromSeconds(2)).ConfigureAwait(false);
        await _ended.CancelAsync().ConfigureAwait(false);
    }

    public void Dispose() => _ended.Dispose();

    private async Task EmptyAsync(TimeSpan within)
    {
        using var late = new CancellationTokenSource(within, clock);
        while (!_steps.IsEmpty && !late.IsCancellationRequested)
        {
            var moved = _moved.Task;
            if (!_steps.IsEmpty)
            {
                await moved.WaitAsync(late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ServeAsync(RunningStep step)
    {
        try
        {
            var answer = step.HandBack ? null : await AnswerAsync(step).ConfigureAwait(false);
            if (answer is not null)
            {
                await _reports.FlushAsync(step).ConfigureAwait(false);
                var refused = await link.InvokeAsync<AgentFailure?>(
                    ProviderHubNames.Answer, () => [answer with { Ticket = step.Ticket }], _ended.Token).ConfigureAwait(false);
                if (refused is not null || answer.Failure is { Code: Invalid or TooLarge })
                {
                    LogNotTaken(logger, step.Assignment.Agent, (refused ?? answer.Failure)!.Message);
                }
                _answered.Add(step.Name);
            }
            else if (step.HandBack)
            {
                await link.InvokeAsync<object?>(ProviderHubNames.HandBack, () => [step.Ticket], _ended.Token).ConfigureAwait(false);
            }
        }
        catch (OrkestronException refused)
        {
            LogNotTaken(logger, step.Assignment.Agent, refused.Message);
        }
        catch (OperationCanceledException)
        {
            // The process ends; the platform hands the step to another one.
        }
        finally
        {
            _steps.TryRemove(step.Name, out _);
            step.Dispose();
            Interlocked.Exchange(ref _moved, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }

    /// <summary>How the run ended; null when nobody wants to know.</summary>
    private async Task<StepAnswer?> AnswerAsync(RunningStep step)
    {
        var work = step.Assignment;
        if (!agents.TryGetValue(work.Agent, out var served))
        {
            return Failed(new AgentFailure("agent_unavailable", $"This process does not serve {work.Agent}.", Retryable: true));
        }

        var context = new StepContext(
            new StepIdentity(
                work.TaskId, work.StepId.ToString(CultureInfo.InvariantCulture), work.Attempt, work.RequestedAt, clock, SuspendAfter),
            new RemotePort(step, link, _calls, _reports, http, clock));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(step.Unwanted, _ended.Token);
        var left = work.Deadline - clock.GetUtcNow();
        await using var deadline = clock.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(),
            stop,
            left > TimeSpan.Zero ? Min(left, TimeSpan.FromDays(40)) : TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
        StepAnswer answer;
        try
        {
            var output = await served.Agent.RunAsync(work.Input, context, stop.Token).ConfigureAwait(false);
            answer = Sized(output) with { Asked = context.Asked() };
        }
        catch (AgentSuspendedException)
        {
            answer = new StepAnswer("", null, null, Suspended: true);
        }
        catch (AgentRefusedException refused)
        {
            answer = Failed(new AgentFailure(refused.Code, refused.Message, Refused: true));
        }
        catch (AgentFailedException failed)
        {
            answer = Failed(new AgentFailure(
                failed.Code, failed.Message, failed.Retryable, RetryAfterSeconds: failed.RetryAfter?.TotalSeconds));
        }
        catch (OrkestronException refused)
        {
            // The platform will never take what the agent asked for, or cannot do it.
            answer = Failed(new AgentFailure(refused.Code == HubLink.PlatformFault ? refused.Code : "value_invalid", refused.Message));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            answer = Failed(new AgentFailure("timeout", "The deadline passed before the agent had answered."));
        }
        catch (Exception fault)
        {
            LogFault(logger, work.Agent, fault);
            answer = Failed(new AgentFailure("agent_fault", $"The agent broke down: {fault.GetType().Name}.", Retryable: true));
        }

        return step.Unwanted.IsCancellationRequested || _ended.IsCancellationRequested ? null : answer;
    }

    private StepAnswer Sized(JsonElement output)
    {
        if (JsonText.Find(output) is { } fault)
        {
            return Failed(new AgentFailure(Invalid, fault.OfAnAnswer));
        }

        if (JsonText.IsTooDeep(output))
        {
            return Failed(new AgentFailure(Invalid, $"The answer is nested deeper than {JsonText.MaxAnswerDepth} levels."));
        }

        var size = JsonSerializer.SerializeToUtf8Bytes(output, SdkJson.Wire).Length;
        return size <= _maxOutput
            ? new StepAnswer("", output, null)
            : Failed(new AgentFailure(TooLarge, $"The answer has {size:N0} bytes; the platform takes {_maxOutput:N0}."));
    }

    private static StepAnswer Failed(AgentFailure failure) => new("", null, failure);

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    [LoggerMessage(Level = LogLevel.Error, Message = "{Agent} broke down")]
    private static partial void LogFault(ILogger logger, string agent, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The platform does not take an answer of {Agent}: {Reason}")]
    private static partial void LogNotTaken(ILogger logger, string agent, string reason);
}
