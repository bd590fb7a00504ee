namespace Orkestron.Domain.Tasks;

/// <summary>What agents are told when a file cannot be had or made.</summary>
public static class TaskArtifactCodes
{
    /// <summary>There is none that the step may use.</summary>
    public const string NotFound = "artifact_not_found";

    /// <summary>It has more bytes than a file may have.</summary>
    public const string TooLarge = "artifact_too_large";

    /// <summary>Its owner's storage is full.</summary>
    public const string Quota = "artifact_quota";

    /// <summary>The steps of the task have made as many as they may.</summary>
    public const string TooMany = "too_many_artifacts";
}
