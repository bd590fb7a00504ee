using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Providers;
using Orkestron.Sdk.Common;
using Orkestron.Workflow;

namespace Orkestron.Sdk.Providers;

/// <summary>Runs the steps assigned to this process, each once, and sends each result until it is acknowledged.</summary>
internal sealed partial class StepExecutor : IDisposable
{
    private const int MaxEnded = 2_000;
    private const string Invalid = "output_invalid";
    private const string TooLarge = "output_too_large";

    private static readonly TimeSpan SuspendAfter = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<StepRunId, RunningStep> _steps = new();
    private readonly ValueBatcher _values;
    private readonly PendingCalls _calls;
    private readonly ProgressReporter _reports;
    private readonly EndedSteps _answered = new(MaxEnded);
    private readonly CancellationTokenSource _ended = new();
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _maxOutput = 1_048_576;

    private readonly IReadOnlyDictionary<string, HostedAgent> _agents;
    private readonly HubLink _link;
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;

    public StepExecutor(
        IReadOnlyDictionary<string, HostedAgent> agents, HubLink link, HttpClient http, TimeProvider clock, ILogger logger)
    {
        (_agents, _link, _http, _clock, _logger) = (agents, link, http, clock, logger);
        _values = new ValueBatcher(link, clock);
        (_calls, _reports) = (new PendingCalls(link, _values), new ProgressReporter(link, _values, clock));
    }

    public int Count => _steps.Count;

    /// <summary>Whether the process accepts no more steps.</summary>
    public bool Draining { get; set; }

    public PendingCalls Calls => _calls;

    public string[] Tickets =>
        [.. _steps.Values.Where(static step => !step.Canceled.IsCancellationRequested).Select(static step => step.Ticket)];

    public void Welcome(ProviderWelcome welcome)
    {
        (_maxOutput, _reports.MaxPartialCharacters) = (welcome.MaxOutputBytes, welcome.MaxPartialCharacters);
        _calls.Limit(welcome.MaxCalls);
        _values.Limit(ValueLimits.Of(welcome));
    }

    /// <summary>Starts an assigned step. For a step that is running already, it updates the ticket only.</summary>
    public void Begin(StepAssignment assignment)
    {
        var step = new RunningStep(assignment, _clock);
        if (!_steps.TryAdd(step.Name, step))
        {
            step.Dispose();
            if (_steps.TryGetValue(step.Name, out var known))
            {
                known.UseTicket(assignment.Ticket);
            }

            return;
        }

        if (Draining || _answered.Take(step.Name))
        {
            step.Cancel(returnToPlatform: true);
        }

        _ = Task.Run(() => ServeAsync(step));
    }

    public void Stop(StepStop stop)
    {
        if (_steps.TryGetValue(StepRunId.Of(stop), out var step))
        {
            step.Cancel();
        }
    }

    /// <summary>Waits until nothing runs or the time is over, then returns the remaining steps.</summary>
    public async Task DrainAsync(TimeSpan within)
    {
        Draining = true;
        await EmptyAsync(within).ConfigureAwait(false);
        foreach (var step in _steps.Values)
        {
            step.Cancel(returnToPlatform: true);
        }

        await EmptyAsync(TimeSpan.FromSeconds(2)).ConfigureAwait(false);
        await _ended.CancelAsync().ConfigureAwait(false);
    }

    public void Dispose() => _ended.Dispose();

    private async Task EmptyAsync(TimeSpan within)
    {
        using var late = new CancellationTokenSource(within, _clock);
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
            var answer = step.ReturnsToPlatform ? null : await AnswerAsync(step).ConfigureAwait(false);
            if ((answer is null || !await SendResultAsync(step, answer).ConfigureAwait(false)) && step.ReturnsToPlatform)
            {
                await ReturnAsync(step).ConfigureAwait(false);
            }
        }
        catch (OrkestronException refused)
        {
            LogNotTaken(_logger, step.Assignment.Agent, refused.Message);
        }
        catch (OperationCanceledException)
        {
            // The process stops; the platform assigns the step to another one.
        }
        finally
        {
            _steps.TryRemove(KeyValuePair.Create(step.Name, step));
            step.Dispose();
            Interlocked.Exchange(ref _moved, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }

    /// <summary>Sends a result until it is acknowledged; false when the run was superseded.</summary>
    private async Task<bool> SendResultAsync(RunningStep step, StepAnswer answer)
    {
        try
        {
            if (step.Values.Fault is { } fault)
            {
                // The fault was reported after the agent had returned.
                (step.Values.Fault, answer) = (null, answer.Failure is null ? Failed(fault) : answer);
            }

            await _reports.FlushAsync(step).ConfigureAwait(false);
            var (refused, last) = await _values.SendWithValuesAsync<AgentFailure?>(
                step, ProviderHubNames.Answer, values => answer with { Ticket = step.Ticket, Values = values }, _ended.Token)
                .ConfigureAwait(false);
            if (refused is not null || answer.Failure is { Code: Invalid or TooLarge })
            {
                LogNotTaken(_logger, step.Assignment.Agent, (refused ?? answer.Failure)!.Message);
            }

            step.Values.Confirm(last);
            _answered.Add(step.Name);
            return true;
        }
        catch (AgentFailedException notRecorded)
        {
            return await SendResultAsync(step, Failed(new AgentFailure(notRecorded.Code, notRecorded.Message))).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (step.ReturnsToPlatform)
        {
            // Superseded by another run of the step.
            return false;
        }
    }

    private async Task ReturnAsync(RunningStep step)
    {
        await _values.TryConfirmAsync(step, _ended.Token).ConfigureAwait(false);
        if (!Draining)
        {
            // It may be assigned again as soon as it is returned.
            _steps.TryRemove(KeyValuePair.Create(step.Name, step));
        }

        await _link.InvokeAsync<object?>(ProviderHubNames.HandBack, () => [step.Ticket], _ended.Token).ConfigureAwait(false);
    }

    /// <summary>The result of the run; null when it is no longer needed.</summary>
    private async Task<StepAnswer?> AnswerAsync(RunningStep step)
    {
        var work = step.Assignment;
        if (!_agents.TryGetValue(work.Agent, out var served))
        {
            return Failed(new AgentFailure("agent_unavailable", $"This process does not serve {work.Agent}.", Retryable: true));
        }

        var context = new StepContext(
            new StepIdentity(
                work.TaskId, work.StepId.ToString(CultureInfo.InvariantCulture), work.Attempt, work.RequestedAt, _clock, SuspendAfter),
            new RemotePort(step, _link, _calls, _values, _reports, _http, _clock));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(step.Canceled, _ended.Token);
        var left = work.Deadline - _clock.GetUtcNow();
        await using var deadline = _clock.CreateTimer(
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
            // The platform refused a request of the agent, or its fault persists.
            answer = Failed(new AgentFailure(refused.Code == HubLink.PlatformFault ? refused.Code : "value_invalid", refused.Message));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            answer = Failed(new AgentFailure("timeout", "The deadline passed before the agent had answered."));
        }
        catch (Exception fault)
        {
            LogFault(_logger, work.Agent, fault);
            answer = Failed(new AgentFailure("agent_fault", $"The agent broke down: {fault.GetType().Name}.", Retryable: true));
        }

        step.Values.Close();
        return step.Canceled.IsCancellationRequested || _ended.IsCancellationRequested ? null : answer;
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
