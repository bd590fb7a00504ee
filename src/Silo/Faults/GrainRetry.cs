using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Agents;
using Polly;
using Polly.Retry;

namespace Orkestron.Silo.Faults;

/// <summary>Calls tasks' grains with retries.</summary>
public sealed partial class GrainRetry
{
    /// <summary>Code of a step that failed because of a persistent fault of the platform.</summary>
    public const string PlatformFault = "platform_fault";

    private readonly GrainRetryOptions _options;
    private readonly ILogger _logger;
    private readonly LogRate _passing;
    private readonly LogRate _lasting;
    private readonly ResiliencePipeline _pipeline;

    public GrainRetry(TimeProvider clock, IOptions<GrainRetryOptions> options, ILogger<GrainRetry> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _logger) = (options.Value, logger);
        (_passing, _lasting) = (new LogRate(clock, _options.LogPeriod), new LogRate(clock, _options.LogPeriod));
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = clock };
        if (_options.MaxFaults > 1)
        {
            pipeline.AddRetry(Retry(static fault => !GrainFaults.MayPass(fault), _options.MaxFaults - 1));
        }

        // The inner one, so that transient faults are not counted.
        var passing = Retry(GrainFaults.MayPass, int.MaxValue);
        passing.OnRetry = retry =>
        {
            LogAgain(retry.Outcome.Exception!);
            return default;
        };
        _pipeline = pipeline.AddRetry(passing).Build();
    }

    /// <summary>
    /// Retries without limit while the task's silo is lost or its store is down, and at most
    /// <see cref="GrainRetryOptions.MaxFaults"/> times on other faults. The call must be idempotent.
    /// </summary>
    /// <exception cref="AgentFailedException">
    /// The fault is permanent: <c>value_invalid</c> when the content is at fault, otherwise <c>platform_fault</c>.
    /// </exception>
    public async Task<T> SendAsync<T>(Func<Task<T>> send, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(send);
        var first = TryAsync(send, cancellationToken);
        // Most calls succeed: the pipeline, which costs 2 KiB of allocations, is for the others.
        await ((Task)first).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return first.IsCompletedSuccessfully ? await first : await SendAgainAsync(first, send, cancellationToken);
    }

    private async Task<T> SendAgainAsync<T>(Task<T> first, Func<Task<T>> send, CancellationToken cancellationToken)
    {
        var attempt = first;
        // Stays on the scheduler of the calling grain.
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, cancellationToken);
        try
        {
            return await _pipeline.ExecuteAsync(
                async context =>
                {
                    var current = attempt ?? TryAsync(send, context.CancellationToken);
                    attempt = null;
                    return await current;
                },
                context);
        }
        catch (Exception fault) when (!GrainFaults.MayPass(fault) && !cancellationToken.IsCancellationRequested)
        {
            throw Failed(fault);
        }
        catch (Exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static Task<T> TryAsync<T>(Func<Task<T>> send, CancellationToken cancellationToken)
    {
        try
        {
            return send().WaitAsync(cancellationToken);
        }
        catch (Exception fault)
        {
            return Task.FromException<T>(fault);
        }
    }

    private RetryStrategyOptions Retry(Func<Exception, bool> handles, int times) => new()
    {
        ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome.Exception is { } fault && handles(fault)),
        MaxRetryAttempts = times,
        BackoffType = DelayBackoffType.Exponential,
        Delay = _options.FirstPause,
        MaxDelay = _options.MaxPause,
    };

    private void LogAgain(Exception fault)
    {
        if (_passing.Take(out var suppressed))
        {
            LogAgain(_logger, suppressed, fault);
        }
    }

    private AgentFailedException Failed(Exception fault)
    {
        if (_lasting.Take(out var suppressed))
        {
            LogGivenUp(_logger, _options.MaxFaults, suppressed, fault);
        }

        return GrainFaults.IsOfContent(fault)
            ? new AgentFailedException("The platform could not read what the agent asks for.", fault) { Code = "value_invalid" }
            : new AgentFailedException(
                $"The platform met a fault ({fault.GetType().Name}) each time it did what the agent asks for. Nothing is charged; tell its operator.",
                fault)
            { Code = PlatformFault };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What a step asks of its task met a fault that may pass and is sent again ({Suppressed} more since the last line).")]
    private static partial void LogAgain(ILogger logger, int suppressed, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "What a step asks of its task met a fault {Tries} times and was given up ({Suppressed} more since the last line).")]
    private static partial void LogGivenUp(ILogger logger, int tries, int suppressed, Exception fault);
}
