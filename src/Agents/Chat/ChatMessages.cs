namespace Orkestron.Agents.Chat;

internal enum ChatTurnRole
{
    User,
    Assistant,
}

internal sealed record ChatInput(
    string? Prompt,
    string? Instructions = null,
    IReadOnlyList<ChatTurn?>? History = null,
    int MaxOutputTokens = 1024,
    double? Temperature = null);

internal sealed record ChatTurn(ChatTurnRole Role, string? Text);

/// <param name="Text">What the model wrote.</param>
/// <param name="Model">The model as the endpoint names it.</param>
/// <param name="FinishReason">Why it ended: stop, length, or the endpoint's word.</param>
/// <param name="Usage">What the endpoint counted, or null when it counts nothing.</param>
internal sealed record ChatAnswer(string Text, string Model, string FinishReason, ChatUsage? Usage);

internal sealed record ChatUsage(long InputTokens, long OutputTokens);
