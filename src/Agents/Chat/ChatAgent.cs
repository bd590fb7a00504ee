using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Chat;

/// <summary>Passes a conversation to the configured model and streams what it writes.</summary>
internal sealed class ChatAgent(IChatClient client, IOptions<ModelsOptions> options) : IAgent
{
    public AgentCard Card { get; } = ChatCard.Of(options.Value);

    public async Task<JsonElement> RunAsync(JsonElement input, IAgentContext context, CancellationToken cancellationToken)
    {
        var request = AgentJson.Read<ChatInput>(input);
        var messages = Messages(request);
        var limits = new ChatOptions
        {
            MaxOutputTokens = Check.Between(request.MaxOutputTokens, "maxOutputTokens", 1, ChatCard.MaxOutputTokens),
            Temperature = request.Temperature is null or (>= 0 and <= 2)
                ? (float?)request.Temperature
                : throw new AgentRefusedException("`temperature` must be between 0 and 2.") { Code = "invalid_input" },
        };
        context.Progress(null, "Waiting for the model");
        try
        {
            return AgentJson.Answer(await StreamAsync(messages, limits, context, cancellationToken));
        }
        catch (Exception fault) when (fault is not (AgentFailedException or AgentRefusedException))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw ModelFaults.Explain(fault, context.Clock.GetUtcNow());
        }
    }

    private async Task<ChatAnswer> StreamAsync(
        List<ChatMessage> messages, ChatOptions limits, IAgentContext context, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        string? finish = null;
        string? model = null;
        ChatUsage? usage = null;
        await foreach (var update in client.GetStreamingResponseAsync(messages, limits, cancellationToken))
        {
            if (text.Length == 0 && update.Text.Length > 0)
            {
                context.Progress(null, "The model writes");
            }

            text.Append(update.Text);
            context.Write(update.Text);
            finish = update.FinishReason?.Value ?? finish;
            model = update.ModelId ?? model;
            foreach (var counted in update.Contents.OfType<UsageContent>())
            {
                usage = new ChatUsage(
                    Math.Max(0, counted.Details.InputTokenCount ?? 0), Math.Max(0, counted.Details.OutputTokenCount ?? 0));
            }

            // The limit in tokens was the model's to keep; a model that does not keep it is cut.
            if (text.Length > ChatCard.MaxAnswer)
            {
                text.Length = ChatCard.MaxAnswer - (char.IsHighSurrogate(text[ChatCard.MaxAnswer - 1]) ? 1 : 0);
                finish = "length";
                break;
            }
        }

        if (finish is null || (text.Length == 0 && finish == "stop"))
        {
            throw ModelFaults.Empty();
        }

        context.Progress(100, usage is null ? "The model has answered" : $"The model has answered with {usage.OutputTokens} tokens");
        return new ChatAnswer(text.ToString(), Short(model ?? options.Value.Model!), Short(finish), usage);
    }

    private static List<ChatMessage> Messages(ChatInput request)
    {
        var messages = new List<ChatMessage>();
        if (!string.IsNullOrWhiteSpace(request.Instructions))
        {
            messages.Add(new ChatMessage(ChatRole.System, Check.Text(request.Instructions, "instructions", ChatCard.MaxInstructions)));
        }

        var history = request.History ?? [];
        Check.Between(history.Count, "The number of turns in history", 0, ChatCard.MaxTurns);
        for (var i = 0; i < history.Count; i++)
        {
            var turn = Check.Text(history[i]?.Text, $"history[{i}].text", ChatCard.MaxPrompt);
            messages.Add(new ChatMessage(history[i]!.Role == ChatTurnRole.User ? ChatRole.User : ChatRole.Assistant, turn));
        }

        messages.Add(new ChatMessage(ChatRole.User, Check.Text(request.Prompt, "prompt", ChatCard.MaxPrompt)));
        return messages;
    }

    private static string Short(string word) => TextCut.Head(word, 100);
}
