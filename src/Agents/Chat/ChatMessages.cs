using System.ComponentModel.DataAnnotations;

namespace Orkestron.Agents.Chat;

internal enum ChatTurnRole
{
    User,
    Assistant,
}

[Display(Name = "Conversation")]
internal sealed record ChatInput(
    [Display(Name = "Prompt", Description = "What you ask."), Required]
    [StringLength(ChatCard.MaxPrompt, MinimumLength = 1), DataType(DataType.MultilineText)]
    string? Prompt,

    [Display(Name = "Instructions", Description = "How the model shall behave; optional.")]
    [MaxLength(ChatCard.MaxInstructions), DataType(DataType.MultilineText)]
    string? Instructions = null,

    [Display(Name = "History", Description = "Earlier turns, oldest first."), MaxLength(ChatCard.MaxTurns)]
    IReadOnlyList<ChatTurn?>? History = null,

    [Display(Name = "Longest answer", Description = "In tokens of the model."), Range(1, ChatCard.MaxOutputTokens)]
    int MaxOutputTokens = 1024,

    [Display(Name = "Temperature", Description = "0 for the most likely words."), Range(0, 2)]
    double? Temperature = null);

[Display(Name = "Turn")]
internal sealed record ChatTurn(
    [Display(Name = "Role")]
    ChatTurnRole Role,

    [Display(Name = "Text"), Required, StringLength(ChatCard.MaxPrompt, MinimumLength = 1), DataType(DataType.MultilineText)]
    string? Text);

/// <param name="Text">What the model wrote.</param>
/// <param name="Model">The model as the endpoint names it.</param>
/// <param name="FinishReason">Why it ended: stop, length, or the endpoint's word.</param>
/// <param name="Usage">What the endpoint counted, or null when it counts nothing.</param>
[Display(Name = "Answer")]
internal sealed record ChatAnswer(
    [Display(Name = "Text"), MaxLength(ChatCard.MaxAnswer), DataType(DataType.MultilineText)]
    string Text,

    [Display(Name = "Model"), MaxLength(100)]
    string Model,

    [Display(Name = "Ended because", Description = "stop, length, or the endpoint's word."), MaxLength(100)]
    string FinishReason,

    [Display(Name = "Usage", Description = "As the endpoint counted; absent when it does not.")]
    ChatUsage? Usage);

internal sealed record ChatUsage(
    [Display(Name = "Tokens read"), Range(0, int.MaxValue)] long InputTokens,
    [Display(Name = "Tokens written"), Range(0, int.MaxValue)] long OutputTokens);
