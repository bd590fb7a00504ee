using System.Text.Json.Serialization;

namespace Orkestron.Contracts.Common;

/// <summary>What went wrong, as <c>application/problem+json</c> (RFC 9457).</summary>
/// <param name="Type">Names the kind of problem: <c>urn:orkestron:problem:</c> and the code.</param>
/// <param name="Title">The kind of problem in a few words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong this time, and what to do.</param>
/// <param name="Code">For programs, stable: for instance <c>insufficient_tokens</c>.</param>
/// <param name="TraceId">Finds the request in the logs.</param>
/// <param name="Errors">What is wrong with single fields, at most 20; absent when it is not about fields.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ProblemField>? Errors = null);

/// <summary>What is wrong with one field.</summary>
/// <param name="Pointer">Where: a JSON Pointer into the request's body as a fragment, like <c>#/input/text</c>; or the name
/// of a query parameter or header.</param>
/// <param name="Detail">What is wrong.</param>
public sealed record ProblemField(string Pointer, string Detail);
