using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Orkestron.Web.Shared.Forms;
using Xunit;

namespace Orkestron.Web.Tests.Pages;

public sealed class RunFormTests
{
    private static readonly JsonElement Schema = JsonElement.Parse(
        """
        {
          "type": "object",
          "required": ["text", "count"],
          "properties": {
            "text": { "type": "string", "title": "Text", "x-multiline": true },
            "count": { "type": "integer", "default": 3 },
            "loud": { "type": "boolean", "default": true },
            "mode": { "enum": ["a", 2] },
            "any": { },
            "docs": {
              "type": "array",
              "items": { "type": "object", "required": ["t"], "properties": { "t": { "type": "string" } } }
            }
          }
        }
        """);

    [Theory]
    [InlineData("maxKeyphrases", "Max keyphrases")]
    [InlineData("JavaScript code", "JavaScript code")]
    [InlineData("eBay listing", "eBay listing")]
    [InlineData("GmbH & Co", "GmbH & Co")]
    public void Words_OfAName_KeepWhatIsText(string name, string shown) => Assert.Equal(shown, SchemaReader.Humanise(name));

    [Fact]
    public void Form_FilledWithAnInput_GivesTheSameInput()
    {
        var input = JsonElement.Parse(
            """{"text":"x\ny","count":7,"loud":false,"mode":2,"any":{"k":[1,null]},"docs":[{"t":"one"},{"t":"two"}]}""");

        var (read, errors) = FormReader.Read(FormBuilder.Build(Schema, FormState.Of(input)));

        Assert.Empty(errors);
        Assert.True(JsonElement.DeepEquals(input, JsonElement.Parse(read.ToString())), read.ToString());
    }

    [Fact]
    public void Form_Untouched_ShowsDefaultsAndLeavesOutWhatIsBlank()
    {
        var (read, errors) = FormReader.Read(FormBuilder.Build(Schema, new FormState()));

        Assert.Empty(errors);
        Assert.Equal("""{"text":"","count":3,"loud":true}""", read.ToString());
    }

    [Fact]
    public void Form_PostedByABrowser_KeepsWhatWasTypedAndTellsWhatCannotBeRead()
    {
        var form = FormBuilder.Build(Schema, FormState.Of(Post(
            ("f/text", "line\r\nline"), ("f/count", "three"), ("b/loud", "1"), ("f/mode", "a"), ("f/any", "{nope"))));

        var (_, errors) = FormReader.Read(form);

        Assert.Equal(["/count", "/any"], errors.Select(static error => error.Path));
        Assert.Equal("three", form.Children.Single(static field => field.Path == "/count").Value);
        Assert.Equal("line\nline", form.Children.Single(static field => field.Path == "/text").Value);
        Assert.False(form.Children.Single(static field => field.Path == "/loud").Checked);
    }

    [Fact]
    public void List_WithAnItemRemoved_MovesTheLaterOnesUp()
    {
        var state = FormState.Of(Post(
            ("n/docs", "3"), ("f/docs/0/t", "one"), ("f/docs/1/t", "two"), ("f/docs/2/t", "three")));

        state.Remove("/docs", 1, 3);

        var docs = FormBuilder.Build(Schema, state).Children.Single(static field => field.Path == "/docs");
        Assert.Equal(["one", "three"], docs.Children.Select(static item => item.Children[0].Value));
    }

    [Fact]
    public void Schema_ThatRefersToItself_WaitsBehindAButton()
    {
        var schema = JsonElement.Parse(
            """{"$defs":{"n":{"type":"object","properties":{"n":{"$ref":"#/$defs/n"}}}},"$ref":"#/$defs/n"}""");

        var field = FormBuilder.Build(schema, new FormState());
        while (field.Kind == FieldKind.Group)
        {
            field = field.Children[0];
        }

        Assert.Equal(FieldKind.Closed, field.Kind);
    }

    [Theory]
    [InlineData("""{"$defs":{"n":{"type":"object","properties":{"a":R,"b":R,"c":R,"d":R,"e":R,"f":R,"g":R,"h":R}}},"$ref":"#/$defs/n"}""")]
    [InlineData("""{"$defs":{"n":{"type":"object","required":["a","b","c"],"properties":{"a":R,"b":R,"c":R}}},"$ref":"#/$defs/n"}""")]
    [InlineData("""{"$defs":{"n":{"type":"array","minItems":40,"items":R}},"$ref":"#/$defs/n"}""")]
    public void Schema_ThatRefersToItselfInManyPlaces_HasAFormOfBoundedSize(string schema)
    {
        var form = FormBuilder.Build(
            JsonElement.Parse(schema.Replace("R", """{"$ref":"#/$defs/n"}""", StringComparison.Ordinal)), new FormState());

        Assert.InRange(Count(form), 1, 600);
    }

    private static int Count(FormField field) => 1 + field.Children.Sum(Count);

    [Fact]
    public void Errors_OfAFieldThatIsNotShown_GoToTheNearestAbove()
    {
        var form = FormBuilder.Build(Schema, new FormState());

        var errors = new FieldErrors([new("/text/deep/er", "Wrong."), new("/unknown", "Odd.")], form);

        Assert.Equal(["deep/er: Wrong."], errors.At("/text"));
        Assert.Equal(["unknown: Odd."], errors.At(""));
    }

    private static FormCollection Post(params (string Name, string Value)[] fields) =>
        new(fields.ToDictionary(static field => field.Name, static field => new StringValues(field.Value)));
}
