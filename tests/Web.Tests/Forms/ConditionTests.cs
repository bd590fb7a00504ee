using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Orkestron.Web.Shared.Forms;
using Xunit;

namespace Orkestron.Web.Tests.Forms;

/// <summary>A form shows the fields that apply to what stands in it, and sends no others.</summary>
public sealed class ConditionTests
{
    private const string Kinds = """
        {"type":"object","required":["kind"],"properties":{"kind":{"enum":["a","b"]}},"if":{"properties":{"kind":{"const":"a"}}},
         "then":{"properties":{"x":{"type":"integer"}},"required":["x"]},"else":{"properties":{"y":{"type":"string"}}}}
        """;

    // Conditions one after the other, through a reference, the second hanging on a field of the first.
    private const string Chain = """
        {"$ref":"#/$defs/order","$defs":{"order":{"type":"object","properties":{"pay":{"enum":["card","bill","cash"],"default":"cash"}},"allOf":[
          {"if":{"properties":{"pay":{"const":"card"}},"required":["pay"]},"then":{"properties":{"saved":{"type":"boolean"}},"required":["saved"]}},
          {"if":{"properties":{"saved":{"const":false}},"required":["saved"]},"then":{"properties":{"number":{"type":"string"}}}},
          {"if":{"properties":{"pay":{"const":"bill"}},"required":["pay"]},"then":{"properties":{"address":{"type":"string"}}}}]}}}
        """;

    // Nothing stands outside the conditions, not even the type.
    private const string Bare = """
        {"if":{"required":["a"]},"then":{"properties":{"a":{"type":"string"},"b":{"type":"string"}}},"else":{"properties":{"a":{"type":"string"}}}}
        """;

    private const string Nested = """
        {"type":"object","properties":{"rows":{"type":"array","items":{"type":"object","properties":{"card":{"type":"string"}},
          "dependentSchemas":{"card":{"properties":{"cvc":{"type":"string"}},"required":["cvc"]}}}}}}
        """;

    [Theory]
    [InlineData(Kinds, "f/kind=a;f/x=1;f/y=z", "kind x", """{"kind":"a","x":1}""")]
    [InlineData(Kinds, "f/kind=b;f/x=1;f/y=z", "kind y", """{"kind":"b","y":"z"}""")]
    [InlineData(Kinds, "f/kind=b;f/x=1", "kind y", """{"kind":"b"}""")]
    [InlineData(Chain, "f/pay=card;b/saved=1;f/number=42;f/address=Here", "pay saved number", """{"pay":"card","saved":false,"number":"42"}""")]
    [InlineData(Chain, "f/pay=card;b/saved=1;f/saved=true;f/number=42", "pay saved", """{"pay":"card","saved":true}""")]
    [InlineData(Chain, "f/pay=bill;b/saved=1;f/number=42;f/address=Here", "pay address", """{"pay":"bill","address":"Here"}""")]
    [InlineData(Bare, "f/a=1;f/b=2", "a b", """{"a":"1","b":"2"}""")]
    [InlineData(Bare, "f/a=;f/b=2", "a", "{}")]
    [InlineData(Nested, "n/rows=2;f/rows/0/card=4;f/rows/0/cvc=1;f/rows/1/card=;f/rows/1/cvc=2", "rows card cvc card", """{"rows":[{"card":"4","cvc":"1"},{}]}""")]
    public async Task Form_Posted_HasTheFieldsThatApplyAndSendsThose(string schema, string posted, string fields, string input)
    {
        var form = FormBuilder.Build(JsonElement.Parse(schema), FormState.Of(Posted(posted)));
        var (read, errors) = FormReader.Read(form);
        var again = FormReader.Read(
            FormBuilder.Build(JsonElement.Parse(schema), FormState.Of(RenderedForm.Post(await RenderedForm.HtmlAsync(form)))));

        Assert.Equal(fields, Names(form));
        Assert.Empty(errors);
        Assert.Equal(input, read.ToString());
        Assert.Equal((input, 0), (again.Input.ToString(), again.Errors.Count));
    }

    [Theory]
    [InlineData(Kinds, """{"kind":"b","x":1,"y":"z"}""", "kind y", """{"kind":"b","y":"z"}""")]
    [InlineData(Kinds, """{"kind":"a","x":1,"y":"z"}""", "kind x", """{"kind":"a","x":1}""")]
    [InlineData(Chain, """{"pay":"cash","number":"42","other":1}""", "pay ~~rest", """{"pay":"cash","other":1}""")]
    public void Form_Filled_LeavesOutWhatDoesNotApply(string schema, string given, string fields, string input)
    {
        var form = FormBuilder.Build(JsonElement.Parse(schema), FormState.Of(JsonElement.Parse(given)));

        Assert.Equal(fields, Names(form));
        Assert.Equal(input, FormReader.Read(form).Input.ToString());
    }

    [Theory]
    [InlineData(Kinds, "kind x")]
    [InlineData(Chain, "pay")]
    [InlineData(Nested, "rows")]
    public void Form_Fresh_GoesByItsDefaults(string schema, string fields) =>
        Assert.Equal(fields, Names(FormBuilder.Build(JsonElement.Parse(schema), new FormState())));

    [Theory]
    [InlineData(Kinds, "f/kind=a;f/x=1", "f/kind", "b")]
    [InlineData(Chain, "f/pay=bill;f/address=Here", "f/pay", "cash")]
    [InlineData(Nested, "n/rows=1;f/rows/0/card=", "f/rows/0/card", "4")]
    public async Task Form_WhoseFieldsChangeWithWhatWasSent_IsShownAgainOnce(string schema, string shown, string field, string value)
    {
        var html = await RenderedForm.HtmlAsync(FormBuilder.Build(JsonElement.Parse(schema), FormState.Of(Posted(shown))));
        var sent = RenderedForm.Post(html).ToDictionary(static pair => pair.Key, static pair => pair.Value, StringComparer.Ordinal);
        sent[field] = value;

        var changed = FormBuilder.Build(JsonElement.Parse(schema), FormState.Of(new FormCollection(sent)));
        var next = FormBuilder.Build(JsonElement.Parse(schema), FormState.Of(RenderedForm.Post(await RenderedForm.HtmlAsync(changed))));

        Assert.Contains("Show the fields that apply", html, StringComparison.Ordinal);
        Assert.Contains(
            FormReader.Read(changed).Errors, static error => error.Message.Contains("Other fields apply", StringComparison.Ordinal));
        Assert.DoesNotContain(
            FormReader.Read(next).Errors, static error => error.Message.Contains("Other fields apply", StringComparison.Ordinal));
    }

    [Fact]
    public void Condition_ThatItsOwnBranchUndoes_EndsAllTheSame()
    {
        var form = FormBuilder.Build(
            JsonElement.Parse("""{"type":"object","if":{"not":{"required":["x"]}},"then":{"properties":{"x":{"const":1}},"required":["x"]}}"""),
            new FormState());

        Assert.NotEqual(FieldKind.Json, form.Kind);
    }

    [Fact]
    public void Field_ThatAConditionNarrows_CanStillBeChanged()
    {
        var form = FormBuilder.Build(
            JsonElement.Parse("""{"allOf":[{"if":{"properties":{"k":{"const":"a"}}},"then":{"properties":{"k":{"const":"a"},"x":{"type":"string"}}}},{"type":"object","required":["k"],"properties":{"k":{"enum":["a","b"]}}}]}"""),
            FormState.Of(Posted("f/k=a")));

        Assert.Equal(FieldKind.Choice, form.Children[0].Kind);
        Assert.Equal("k x", Names(form));
    }

    private static FormCollection Posted(string fields) => new(fields.Split(';').Select(static each => each.Split('=', 2))
        .ToDictionary(static each => each[0], static each => new StringValues(each[1]), StringComparer.Ordinal));

    private static string Names(FormField form) => string.Join(' ', form.Children.SelectMany(All));

    private static IEnumerable<string> All(FormField field) => field.Kind == FieldKind.Group
        ? field.Children.SelectMany(All)
        : field.Children.SelectMany(All).Prepend(field.Path[(field.Path.LastIndexOf('/') + 1)..]);
}
