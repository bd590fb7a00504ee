namespace Orkestron.Grains.Common;

/// <summary>The names of grain storage providers.</summary>
public static class StorageNames
{
    /// <summary>Cold state: profiles, cards, indexes. Each grain class has a state name of its own in it.</summary>
    public const string Cold = "cold";
}
