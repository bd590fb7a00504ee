using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Sdk.Common;

namespace Orkestron.Sdk;

/// <summary>An agent whose input and answer are types of yours. A convenience: any <see cref="IAgent"/> does as well.</summary>
/// <typeparam name="TInput">A record; its properties and their attributes make the input schema.</typeparam>
/// <typeparam name="TOutput">A record; it makes the output schema.</typeparam>
public abstract class Agent<TInput, TOutput> : IAgent
{
    private AgentCard? _card;

    /// <inheritdoc/>
    public AgentCard Card => _card ??= CardOf.Types(Describe(), typeof(TInput), typeof(TOutput));

    /// <summary>What the agent is and costs. Asked once.</summary>
    protected abstract AgentDescription Describe();

    /// <inheritdoc cref="IAgent.RunAsync"/>
    public abstract Task<TOutput> RunAsync(TInput input, IAgentContext context, CancellationToken cancellationToken);

    async Task<JsonElement> IAgent.RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        TInput typed;
        try
        {
            typed = input.Deserialize<TInput>(SdkJson.Agents)
                ?? throw new AgentRefusedException("The input is null.") { Code = "input_invalid" };
        }
        catch (JsonException fault)
        {
            throw new AgentRefusedException($"The input cannot be read: {fault.Message}", fault) { Code = "input_invalid" };
        }

        var output = await RunAsync(typed, context, cancellationToken).ConfigureAwait(false);
        return JsonSerializer.SerializeToElement(output, SdkJson.Agents);
    }
}

/// <summary>An agent made of a description and a function.</summary>
internal sealed class LambdaAgent<TInput, TOutput>(
    AgentDescription description, Func<TInput, IAgentContext, CancellationToken, Task<TOutput>> run) : Agent<TInput, TOutput>
{
    public override Task<TOutput> RunAsync(TInput input, IAgentContext context, CancellationToken cancellationToken) =>
        run(input, context, cancellationToken);

    protected override AgentDescription Describe() => description;
}
