namespace Orkestron.Web.Features.OpenApi.Texts;

/// <summary>What the API description says of an operation.</summary>
/// <param name="Id">Its name in generated clients, unique.</param>
/// <param name="Description">What it does, beyond its summary.</param>
internal sealed record OperationText(string Id, string Description);
