using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Messages;

namespace Orkestron.Contracts.Agents;

/// <summary>The same with types of your own, as camelCase JSON.</summary>
public static class TypedCalls
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <inheritdoc cref="IAgentContext.CallAgentAsync(string, JsonElement, CallOptions, CancellationToken)"/>
    /// <exception cref="AgentFailedException">The called agent failed, or its answer is not a <typeparamref name="TOut"/>.</exception>
    public static async Task<TOut> CallAgentAsync<TIn, TOut>(
        this IAgentContext context,
        string agent,
        TIn input,
        CancellationToken cancellationToken,
        CallOptions? options = null) => Read<TOut>(
            await context.CallAgentAsync(
                agent, JsonSerializer.SerializeToElement(input, Json), options ?? CallOptions.None, cancellationToken)
                .ConfigureAwait(false),
            agent);

    /// <summary>Sends a message of a type of your own.</summary>
    /// <inheritdoc cref="IAgentContext.SendAsync"/>
    public static Task SendAsync<T>(
        this IAgentContext context, MessageTo to, string type, T payload, CancellationToken cancellationToken) =>
        context.SendAsync(to, type, JsonSerializer.SerializeToElement(payload, Json), cancellationToken);

    /// <inheritdoc cref="IAgentContext.SideEffectAsync"/>
    public static async Task<T> SideEffectAsync<T>(
        this IAgentContext context, Func<CancellationToken, Task<T>> effect, CancellationToken cancellationToken) => Read<T>(
            await context.SideEffectAsync(
                async stop => JsonSerializer.SerializeToElement(await effect(stop).ConfigureAwait(false), Json), cancellationToken)
                .ConfigureAwait(false),
            "the side effect");

    private static T Read<T>(JsonElement value, string source)
    {
        try
        {
            return value.Deserialize<T>(Json)
                ?? throw new AgentFailedException($"The answer of {source} is null.") { Code = "answer_unexpected" };
        }
        catch (JsonException fault)
        {
            throw new AgentFailedException($"The answer of {source} is not a {typeof(T).Name}.", fault)
            {
                Code = "answer_unexpected",
            };
        }
    }
}
