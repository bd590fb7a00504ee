using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Messages;
using Orkestron.Sdk.Common;
using Orkestron.Sdk.Testing;
using Orkestron.Workflow;

namespace Orkestron.Sdk;

/// <summary>
/// Runs an agent without a platform, as a step of one task. Recorded values are kept between runs, as the platform
/// keeps them over a crash: run the agent twice to test that it repeats nothing. Schemas are not checked here.
/// </summary>
public sealed class AgentTestHost
{
    private readonly TestPort _port;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _requestedAt;
    private int _attempt;

    /// <param name="clock">The agent's clock; null for the system's. A fake one makes waits pass when it is advanced.</param>
    public AgentTestHost(TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        _requestedAt = _clock.GetUtcNow();
        _port = new TestPort(_clock);
    }

    /// <summary>The calls of other agents that were made, each once, in order.</summary>
    public IReadOnlyList<TestCall> Calls => _port.Calls;

    /// <summary>Longer waits suspend the run, as on the platform. The default is 30 seconds.</summary>
    public TimeSpan SuspendAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Answers calls of an agent.</summary>
    public AgentTestHost Answering<TInput, TOutput>(string agent, Func<TInput, TOutput> answer)
    {
        _port.Agents[agent] = input => Task.FromResult(
            JsonSerializer.SerializeToElement(answer(input.Deserialize<TInput>(SdkJson.Wire)!), SdkJson.Wire));
        return this;
    }

    /// <summary>Fails calls of an agent.</summary>
    public AgentTestHost Failing(string agent, string code, string message = "The called agent failed.")
    {
        _port.Agents[agent] = _ => throw new AgentFailedException(message) { Code = code };
        return this;
    }

    /// <summary>Answers the next question to the user; a question without an answer suspends the run.</summary>
    public AgentTestHost AnsweringUser<T>(T answer)
    {
        _port.Answers.Enqueue(JsonSerializer.SerializeToElement(answer, SdkJson.Wire));
        return this;
    }

    /// <summary>Adds a file that the agent can open by its reference.</summary>
    /// <returns>The reference: <c>artifact:</c> and an id.</returns>
    public string AddArtifact(string name, string mediaType, ReadOnlyMemory<byte> content) =>
        _port.Add(name, mediaType, content.ToArray());

    /// <summary>The files that the agent made, by their references.</summary>
    public IReadOnlyDictionary<string, TestArtifact> Artifacts => _port.Made;

    /// <summary>The messages that the agent sent, each once, in order.</summary>
    public IReadOnlyList<TestMessage> Messages => _port.Messages;

    /// <summary>Sends the agent a message; waiting for a message that is missing suspends the run.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="payload">The content.</param>
    /// <param name="fromRole">Who sends it.</param>
    public AgentTestHost Sending<T>(string type, T payload, string fromRole = "test/sender")
    {
        _port.Inbox.Add((fromRole, type, JsonSerializer.SerializeToElement(payload, SdkJson.Wire)));
        return this;
    }

    /// <summary>Runs the agent once.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="input">Its input: an object, or JSON.</param>
    /// <param name="cancellationToken">Cancels the run, as the platform does.</param>
    public async Task<AgentTestRun> RunAsync(IAgent agent, object input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(agent);
        var json = input as JsonElement? ?? JsonSerializer.SerializeToElement(input, SdkJson.Agents);
        var recording = _port.Begin();
        var context = new StepContext(
            new StepIdentity("test-task", "1", ++_attempt, _requestedAt, _clock, SuspendAfter), _port);
        try
        {
            var output = await agent.RunAsync(json, context, cancellationToken).ConfigureAwait(false);
            return _port.MissingCommand(context.Asked()) is { } place
                ? recording.Ended(
                    code: "nondeterministic",
                    message: $"An earlier run recorded something at place {place} of the agent's code; this one came to its end "
                        + "without asking for it. An agent that is run again must ask for the same things in the same order.")
                : recording.Ended(output);
        }
        catch (AgentSuspendedException)
        {
            return recording.Ended(suspended: true);
        }
        catch (AgentRefusedException refused)
        {
            return recording.Ended(code: refused.Code, message: refused.Message, refused: true);
        }
        catch (AgentFailedException failed)
        {
            return recording.Ended(code: failed.Code, message: failed.Message);
        }
    }
}

/// <summary>A call that an agent made.</summary>
/// <param name="Agent">Provider and name.</param>
/// <param name="Input">What it was given.</param>
public sealed record TestCall(string Agent, JsonElement Input)
{
    /// <summary>The budget and role that were given.</summary>
    public CallOptions Options { get; init; } = CallOptions.None;
}

/// <summary>A file of a test.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Content">Its content.</param>
public sealed record TestArtifact(string Name, string MediaType, ReadOnlyMemory<byte> Content);

/// <summary>A message that an agent sent.</summary>
/// <param name="To">Whom.</param>
/// <param name="Type">What it is.</param>
/// <param name="Data">The content.</param>
public sealed record TestMessage(MessageTo To, string Type, JsonElement Data);
