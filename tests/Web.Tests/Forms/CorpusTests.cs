using System.Text.Json;
using Orkestron.Schemas;
using Orkestron.Web.Shared.Forms;
using Xunit;

namespace Orkestron.Web.Tests.Forms;

/// <summary>Schemas as generators write them, and awkward ones: what a form is filled with comes back as the same JSON, digit for
/// digit.</summary>
public sealed class CorpusTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Forms", "Corpus");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
        .Select(static file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Corpus_Always_HasAtLeastSixtySchemas() => Assert.InRange(Files.Count, 60, 1_000);

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Form_FilledAndSent_GivesTheSameJson(string file)
    {
        using var document = JsonDocument.Parse(
            await File.ReadAllBytesAsync(Path.Combine(Folder, file), TestContext.Current.CancellationToken));
        var schema = document.RootElement.GetProperty("schema");
        var compiled = JsonSchema.Of(System.Text.Encoding.UTF8.GetBytes(schema.GetRawText()));
        foreach (var sample in document.RootElement.GetProperty("samples").EnumerateArray())
        {
            Assert.Empty(compiled.Check(System.Text.Encoding.UTF8.GetBytes(sample.GetRawText())).Faults);
            var form = FormBuilder.Build(schema, FormState.Of(sample));
            var html = await RenderedForm.HtmlAsync(form);
            var (read, errors) = FormReader.Read(FormBuilder.Build(schema, FormState.Of(RenderedForm.Post(html))));

            Assert.Empty(errors);
            Assert.True(Same(sample, JsonElement.Parse(read.ToString())), $"{sample.GetRawText()}\n{read}\n{html}");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Form_Fresh_IsShownAndNotOnlyAsJson(string file)
    {
        using var document = JsonDocument.Parse(
            await File.ReadAllBytesAsync(Path.Combine(Folder, file), TestContext.Current.CancellationToken));
        var form = FormBuilder.Build(document.RootElement.GetProperty("schema"), new FormState());
        var html = await RenderedForm.HtmlAsync(form);

        Assert.InRange(html.Length, 1, 100_000);
        Assert.True(form.Kind != FieldKind.Json || document.RootElement.GetProperty("schema").ValueKind == JsonValueKind.True, html);
    }

    // Members in any order; numbers by their digits.
    private static bool Same(JsonElement a, JsonElement b) => a.ValueKind == b.ValueKind && a.ValueKind switch
    {
        JsonValueKind.Number => a.GetRawText() == b.GetRawText(),
        JsonValueKind.String => a.GetString() == b.GetString(),
        JsonValueKind.Array =>
            a.GetArrayLength() == b.GetArrayLength()
                && a.EnumerateArray().Zip(b.EnumerateArray()).All(static pair => Same(pair.First, pair.Second)),
        JsonValueKind.Object => a.GetPropertyCount() == b.GetPropertyCount()
            && a.EnumerateObject().All(member => b.TryGetProperty(member.Name, out var other) && Same(member.Value, other)),
        _ => true,
    };
}
