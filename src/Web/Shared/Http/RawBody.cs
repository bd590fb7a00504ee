namespace Orkestron.Web.Shared.Http;

/// <summary>Marks an endpoint whose body is a file of any type, read as a stream.</summary>
internal sealed class RawBody;

/// <summary>
/// Marks an endpoint that checks its JSON itself; only the character set and encoding are checked before.
/// </summary>
internal sealed class UncheckedJson;
