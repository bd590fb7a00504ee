namespace Orkestron.Schemas.Checking;

/// <summary>A compiled schema.</summary>
internal sealed class SchemaNode
{
    /// <summary>True and false as schemas; null for an object.</summary>
    public bool? Always { get; set; }

    public string? Title { get; set; }

    /// <summary>Whether it is the schema of further items, which decides how a violated <c>false</c> is worded.</summary>
    public bool IsItem { get; set; }

    /// <summary>OpenAPI's <c>nullable</c>: null fits, whatever the other keywords say.</summary>
    public bool Nullable { get; set; }

    /// <summary>Whether a rule depends on what the others have evaluated. Such rules come last.</summary>
    public bool LooksBack { get; set; }

    public Rule[] Rules { get; set; } = [];
}
