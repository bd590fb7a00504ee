namespace Orkestron.Contracts;

/// <summary>Names in JSON Pointers (RFC 6901 section 3).</summary>
public static class JsonPointer
{
    /// <summary>A name as it stands in a pointer.</summary>
    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The name that a part of a pointer stands for.</summary>
    public static string Unescape(string part) =>
        part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
