namespace Orkestron.Benchmarks.Peers;

/// <summary>This machine cannot run a peer; the message says what to install.</summary>
internal sealed class PeerMissingException(string message) : Exception(message);
