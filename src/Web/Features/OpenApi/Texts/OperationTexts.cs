namespace Orkestron.Web.Features.OpenApi.Texts;

/// <summary>The texts of operations by method and path. One without has a name made of its address, and its summary alone.</summary>
internal static partial class OperationTexts
{
    private static readonly Dictionary<string, OperationText> All = new(StringComparer.OrdinalIgnoreCase);

    static OperationTexts()
    {
        foreach (var (operation, text) in new[] { Tasks, Agents, Accounts, Providers, Other }.SelectMany(static each => each))
        {
            All.Add(operation, text);
        }
    }

    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path without what stands before the version, for instance <c>/tasks/{id}</c>.</param>
    /// <param name="summary">What the endpoint says of itself.</param>
    public static OperationText Of(string method, string path, string? summary) =>
        All.TryGetValue($"{method} {path}", out var text) ? text : new OperationText(OperationNames.Of(method, path), summary ?? "");
}
