namespace Orkestron.Agents.Common;

/// <summary>Who the built-in agents belong to.</summary>
public static class BuiltIn
{
    /// <summary>The provider of every agent in this assembly.</summary>
    public const string Provider = "orkestron";
}
