namespace Orkestron.Contracts.Providers;

/// <summary>The messages of the hub <c>/hubs/provider</c>.</summary>
public static class ProviderHubNames
{
    /// <summary>Where the hub is.</summary>
    public const string Path = "/hubs/provider";

    /// <summary>To the platform: <see cref="ProviderHello"/>, answered by <see cref="ProviderWelcome"/>.</summary>
    public const string Announce = "Announce";

    /// <summary>To the platform: <see cref="StepAnswer"/>; acknowledged by returning.</summary>
    public const string Answer = "Answer";

    /// <summary>To the platform: a ticket; the step is given back unfinished.</summary>
    public const string HandBack = "HandBack";

    /// <summary>To the platform: a list of <see cref="StepProgress"/>.</summary>
    public const string Report = "Report";

    /// <summary>
    /// To the platform: <see cref="AgentCall"/>; <see cref="CallEnded"/> follows. Refused with <c>too_many</c> while the
    /// connection waits for as many calls as it may: then send it again later.
    /// </summary>
    public const string Call = "Call";

    /// <summary>To the platform: <see cref="StepHistoryRequest"/>, answered by <see cref="StepHistoryResult"/>.</summary>
    public const string Mark = "Mark";

    /// <summary>
    /// To the platform: <see cref="StepValues"/>, answered by <see cref="StepValuesResult"/> when they are durable. Only where
    /// <see cref="ProviderWelcome.MaxValues"/> says that it takes them.
    /// </summary>
    public const string Record = "Record";

    /// <summary>To the platform: a ticket and a file's reference, answered by <see cref="StepFileLink"/> to GET it from.</summary>
    public const string OpenArtifact = "OpenArtifact";

    /// <summary>To the platform: a ticket, answered by <see cref="StepFileLink"/> to POST a file to (<c>?name=</c>, its
    /// Content-Type), which is answered by <see cref="StepFileMade"/>.</summary>
    public const string CreateArtifact = "CreateArtifact";

    /// <summary>To the platform: <see cref="StepSend"/>, answered by <see cref="StepMessageResult"/>.</summary>
    public const string Send = "Send";

    /// <summary>To the platform: <see cref="StepReceive"/>, answered by <see cref="StepMessageResult"/> when there is a
    /// message, or after a few seconds without: ask again.</summary>
    public const string Receive = "Receive";

    /// <summary>To the platform: a ticket and a prefix of keys; the calls under it that have not ended are cancelled.</summary>
    public const string CancelCalls = "CancelCalls";

    /// <summary>To the platform: the process ends for good.</summary>
    public const string Leave = "Leave";

    /// <summary>To the process: <see cref="StepAssignment"/>. It may come twice.</summary>
    public const string Begin = "Begin";

    /// <summary>To the process: <see cref="StepStop"/>.</summary>
    public const string Stop = "Stop";

    /// <summary>To the process: <see cref="AgentCallEnded"/>.</summary>
    public const string CallEnded = "CallEnded";

    /// <summary>To the process: a code and a sentence; the platform ends the connection.</summary>
    public const string Closing = "Closing";
}
