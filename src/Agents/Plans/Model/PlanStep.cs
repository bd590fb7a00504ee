using System.Text.Json;

namespace Orkestron.Agents.Plans.Model;

/// <summary>A step of a plan: its id names its answer for the steps after it.</summary>
internal abstract record PlanStep(string Id)
{
    /// <summary>The steps that undo this one when it has completed and the plan fails. The last completed step is undone first.</summary>
    public IReadOnlyList<PlanStep> Compensate { get; init; } = [];
}

/// <summary>Calls an agent.</summary>
internal sealed record CallStep(string Id, string Agent, JsonElement Input) : PlanStep(Id);

/// <summary>Runs branches at the same time; its answer is the list of their answers.</summary>
internal sealed record ParallelStep(string Id, IReadOnlyList<IReadOnlyList<PlanStep>> Branches) : PlanStep(Id);

/// <summary>Runs steps for each item of a list, some at once; its answer is the list of their answers.</summary>
internal sealed record MapStep(string Id, JsonElement Over, int AtMost, IReadOnlyList<PlanStep> Do) : PlanStep(Id);

/// <summary>Runs steps for each item of a list, one after the other, each given what the one before answered.</summary>
internal sealed record ReduceStep(string Id, JsonElement Over, JsonElement From, IReadOnlyList<PlanStep> Do) : PlanStep(Id);

/// <summary>Runs one of two lists of steps.</summary>
internal sealed record BranchStep(
    string Id, JsonElement If, IReadOnlyList<PlanStep> Then, IReadOnlyList<PlanStep> Else) : PlanStep(Id);

/// <summary>Runs steps while a condition holds, a limited number of times; its answer is the last run's.</summary>
internal sealed record LoopStep(string Id, JsonElement While, int AtMost, IReadOnlyList<PlanStep> Do) : PlanStep(Id);

/// <summary>Runs branches against each other; the first answer wins.</summary>
internal sealed record RaceStep(string Id, IReadOnlyList<IReadOnlyList<PlanStep>> Branches) : PlanStep(Id);

/// <summary>Asks several agents the same and takes what most of them say.</summary>
internal sealed record VoteStep(
    string Id, IReadOnlyList<string> Agents, JsonElement Input, string On, int Quorum, bool FirstOnTie) : PlanStep(Id);

/// <summary>Asks the task's owner to approve, edit or deny.</summary>
internal sealed record ApproveStep(string Id, string Prompt, JsonElement? Subject) : PlanStep(Id);

/// <summary>Waits: for a number of seconds, or until a time. The time has its offset, or a time zone beside it.</summary>
internal sealed record WaitStep(string Id, JsonElement? Seconds, JsonElement? Until = null, JsonElement? TimeZone = null)
    : PlanStep(Id);
