namespace Orkestron.Domain.Tasks;

/// <summary>Where a task stands. The states and their words follow A2A.</summary>
[GenerateSerializer, Alias("orkestron.task-state")]
public enum TaskState
{
    /// <summary>Accepted, paid into a hold, durable; no agent has begun.</summary>
    Submitted = 0,

    /// <summary>An agent works on it.</summary>
    Working = 1,

    /// <summary>Waits for an answer of the user.</summary>
    InputRequired = 2,

    /// <summary>Waits for the user to sign in somewhere.</summary>
    AuthRequired = 3,

    /// <summary>Ended with a result.</summary>
    Completed = 4,

    /// <summary>Ended without a result; nothing was charged for the step that failed.</summary>
    Failed = 5,

    /// <summary>Ended by its owner.</summary>
    Canceled = 6,

    /// <summary>The agent refused the input; nothing was charged.</summary>
    Rejected = 7,
}

/// <summary>What the states mean.</summary>
public static class TaskStates
{
    /// <summary>Whether nothing more can happen to the task (A2A: terminal).</summary>
    public static bool IsTerminal(this TaskState state) => state >= TaskState.Completed;

    /// <summary>The word on the wire, for instance <c>input-required</c>.</summary>
    public static string Word(this TaskState state) => state switch
    {
        TaskState.Submitted => "submitted",
        TaskState.Working => "working",
        TaskState.InputRequired => "input-required",
        TaskState.AuthRequired => "auth-required",
        TaskState.Completed => "completed",
        TaskState.Failed => "failed",
        TaskState.Canceled => "canceled",
        TaskState.Rejected => "rejected",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a task state."),
    };
}

/// <summary>Where a step stands.</summary>
[GenerateSerializer, Alias("orkestron.step-state")]
public enum StepState
{
    /// <summary>Asked for; may wait in the agent's queue.</summary>
    Requested = 0,

    /// <summary>The agent works on it.</summary>
    Working = 1,

    /// <summary>Answered and paid.</summary>
    Completed = 2,

    /// <summary>Ended without an answer, not paid.</summary>
    Failed = 3,

    /// <summary>Ended with its task, not paid.</summary>
    Canceled = 4,

    /// <summary>Failed, and waits for its next attempt.</summary>
    Retrying = 5,

    /// <summary>Waits for a person or for a time.</summary>
    Waiting = 6,
}
