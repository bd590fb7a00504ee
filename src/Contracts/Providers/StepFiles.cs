namespace Orkestron.Contracts.Providers;

/// <summary>Where a process reads or writes one file of one attempt. The address is the right to it: keep it to yourself.</summary>
/// <param name="Url">To GET the file, or to POST a new one; a path on the platform's own address.</param>
/// <param name="ExpiresAt">When it ends, at the latest with the task's deadline; ask again for another.</param>
/// <param name="Failure">Why there is none; null when there is.</param>
public sealed record StepFileLink(string? Url, DateTimeOffset ExpiresAt, AgentFailure? Failure);

/// <summary>A file that a process has made.</summary>
/// <param name="Reference">As it stands in the answer: <c>artifact:</c> and its id.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Of its content, lower-case hexadecimal.</param>
public sealed record StepFileMade(string Reference, long Size, string Sha256);
