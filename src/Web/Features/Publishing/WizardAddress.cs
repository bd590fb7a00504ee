namespace Orkestron.Web.Features.Publishing;

/// <summary>Addresses of the publish wizard's steps.</summary>
internal static class WizardAddress
{
    /// <summary>The address of a step of a published version.</summary>
    /// <param name="key">The agent: provider and name.</param>
    /// <param name="version">The version.</param>
    /// <param name="step">The step, for instance <c>test</c> or <c>publish</c>.</param>
    /// <param name="task">The test run to show, if there is one.</param>
    public static string Of(string key, string version, string step, Guid? task = null) =>
        $"/provider/agents/new?agent={Uri.EscapeDataString(key)}&version={Uri.EscapeDataString(version)}&step={step}"
        + (task is { } id ? $"&task={id}" : "");
}
