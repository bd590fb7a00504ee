namespace Orkestron.Web.Features.OpenApi.Texts;

/// <summary>The texts of operations by method and path. Others get an id derived from their address, and their summary as
/// description.</summary>
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
    /// <param name="path">The path below the version, for instance <c>/tasks/{id}</c>.</param>
    /// <param name="summary">The summary of the endpoint.</param>
    public static OperationText Of(string method, string path, string? summary) =>
        All.TryGetValue($"{method} {path}", out var text) ? text : new OperationText(OperationNames.Of(method, path), summary ?? "");
}
