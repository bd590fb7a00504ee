namespace Orkestron.Benchmarks.Peers;

/// <summary>A system that runs jobs of three durable steps over HTTP, with the processes that it consists of.</summary>
internal interface IPeer : IAsyncDisposable
{
    /// <summary>What it runs.</summary>
    IReadOnlyList<PeerJob> Jobs { get; }

    /// <summary>Its processes by name; the database server's come beside.</summary>
    IReadOnlyList<(string Name, int ProcessId)> Processes { get; }
}

/// <summary>A job that one request runs to its end.</summary>
/// <param name="Name">As the table has it.</param>
/// <param name="Address">Where it is sent.</param>
/// <param name="Body">JSON to post; null for a GET.</param>
/// <param name="Key">The API key; null where there is none.</param>
/// <param name="Answer">What an answer of a finished job holds, as UTF-8.</param>
internal sealed record PeerJob(string Name, Uri Address, byte[]? Body, string? Key, params byte[][] Answer);
