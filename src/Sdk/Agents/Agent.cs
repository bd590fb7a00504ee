using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Sdk.Common;

namespace Orkestron.Sdk;

/// <summary>Base class of an agent with typed input and output. Optional: any <see cref="IAgent"/> works as well.</summary>
/// <typeparam name="TInput">A record. The input schema is generated from its properties and their attributes.</typeparam>
/// <typeparam name="TOutput">A record. The output schema is generated from it.</typeparam>
public abstract class Agent<TInput, TOutput> : IAgent
{
    private AgentCard? _card;

    /// <inheritdoc/>
    public AgentCard Card => _card ??= CardOf.Types(Describe(), typeof(TInput), typeof(TOutput));

    /// <summary>What the agent does and costs. Called once.</summary>
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

/// <summary>An agent built from a description and a function.</summary>
internal sealed class LambdaAgent<TInput, TOutput>(
    AgentDescription description, Func<TInput, IAgentContext, CancellationToken, Task<TOutput>> run) : Agent<TInput, TOutput>
{
    public override Task<TOutput> RunAsync(TInput input, IAgentContext context, CancellationToken cancellationToken) =>
        run(input, context, cancellationToken);

    protected override AgentDescription Describe() => description;
}
