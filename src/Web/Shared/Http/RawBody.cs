namespace Orkestron.Web.Shared.Http;

/// <summary>Marks an endpoint whose body is content of any size and type, read as it comes.</summary>
internal sealed class RawBody;

/// <summary>
/// Marks an endpoint whose JSON is judged where it is taken: only its character set and encoding are checked before.
/// </summary>
internal sealed class UncheckedJson;
