namespace Orkestron.Web.Features.OpenApi.Texts;

/// <summary>The text of an operation in the API description.</summary>
/// <param name="Id">The operation id, unique; it names the method of generated clients.</param>
/// <param name="Description">What the operation does, in more detail than its summary.</param>
internal sealed record OperationText(string Id, string Description);
