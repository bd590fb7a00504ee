namespace Orkestron.Domain;

/// <summary>Why a command was refused. A refused command changed nothing. New members are added at the end only.</summary>
[GenerateSerializer, Alias("orkestron.refusal-code")]
public enum RefusalCode
{
    /// <summary>The command itself is malformed.</summary>
    Invalid = 0,

    /// <summary>The agent's input does not fit its schema; the refusal names each field.</summary>
    InputInvalid = 1,

    /// <summary>There is no such thing, or it belongs to someone else.</summary>
    NotFound = 2,

    /// <summary>The same id was used before with another content.</summary>
    Conflict = 3,

    /// <summary>Fewer tokens are available than are needed.</summary>
    InsufficientTokens = 4,

    /// <summary>The budget given does not cover the price.</summary>
    BudgetTooSmall = 5,

    /// <summary>The content is larger than the limit.</summary>
    TooLarge = 6,

    /// <summary>A limit on how many is reached; try again later.</summary>
    TooMany = 7,

    /// <summary>The caller may not do this.</summary>
    Forbidden = 8,

    /// <summary>The e-mail address has an account. Told by earlier releases only: who asks must not learn it.</summary>
    EmailTaken = 9,

    /// <summary>The e-mail address or the password is wrong.</summary>
    BadCredentials = 10,

    /// <summary>The declaration of being 18 or over is missing.</summary>
    AgeRequired = 11,

    /// <summary>The accepted policy version is not the current one.</summary>
    PolicyVersionStale = 12,

    /// <summary>The task has ended.</summary>
    TaskEnded = 13,

    /// <summary>There is no such agent.</summary>
    AgentNotFound = 14,

    /// <summary>The deadline lies in the past, or too far away.</summary>
    DeadlineInvalid = 15,

    /// <summary>The store or a part of the cluster cannot be reached now; nothing was done.</summary>
    Unavailable = 16,

    /// <summary>The share link is unknown, expired or withdrawn.</summary>
    ShareNotFound = 17,

    /// <summary>The provider name belongs to another account.</summary>
    ProviderTaken = 18,

    /// <summary>The provider name is the platform's own.</summary>
    ProviderReserved = 19,

    /// <summary>This version of the agent was published with another content.</summary>
    VersionExists = 20,

    /// <summary>What the user may store is used up.</summary>
    QuotaReached = 21,

    /// <summary>The task has not ended.</summary>
    TaskRunning = 22,

    /// <summary>The agent has another version than the one whose records would be used.</summary>
    AgentVersionChanged = 23,

    /// <summary>No endpoint may have this address.</summary>
    EndpointNotAllowed = 40,

    /// <summary>The endpoint has not proved to be the provider's.</summary>
    EndpointUnverified = 41,

    /// <summary>The step that a callback is about has ended, or its time is over.</summary>
    CallbackOver = 42,

    /// <summary>The answer does not fit the agent's output schema, or is too large.</summary>
    OutputInvalid = 43,

    /// <summary>The agent costs more than what was agreed to.</summary>
    PriceChanged = 60,

    /// <summary>The network address opened many accounts: the next one needs a proof of work.</summary>
    ProofRequired = 61,
}
