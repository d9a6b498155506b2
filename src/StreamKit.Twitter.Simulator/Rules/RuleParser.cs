namespace StreamKit.Twitter.Simulator.Rules;

/// <summary>
/// Reads the rules that the simulator knows: words, "phrases", #tags, @names, <c>from:</c>, <c>lang:</c>, all of them
/// (by standing side by side), one of them (<c>OR</c>), not (<c>-</c>), and parentheses.
/// </summary>
internal sealed class RuleParser
{
    private readonly string _text;
    private int _at;

    private RuleParser(string text) => _text = text;

    /// <summary>Reads a rule.</summary>
    /// <exception cref="FormatException">It is not valid; the message says why.</exception>
    internal static RuleTerm Parse(string text)
    {
        var parser = new RuleParser(text);
        RuleTerm rule = parser.ReadAny();
        if (parser._at < text.Length)
        {
            throw parser.Wrong("')' closes nothing");
        }

        return rule.StandsAlone
            ? rule
            : throw new FormatException("Rules must contain a standalone operator that is not negated");
    }

    private RuleTerm ReadAny()
    {
        List<RuleTerm> parts = [ReadAll()];
        while (TryTakeOr())
        {
            parts.Add(ReadAll());
        }

        return parts.Count == 1 ? parts[0] : new AnyTerm(parts);
    }

    private AllTerm ReadAll()
    {
        List<RuleTerm> parts = [];
        while (SkipSpace() && _text[_at] != ')' && !IsOr())
        {
            parts.Add(ReadOne());
        }

        return parts.Count > 0 ? new AllTerm(parts) : throw Wrong("an operator is missing");
    }

    private RuleTerm ReadOne()
    {
        switch (_text[_at])
        {
            case '-':
                _at++;
                return _at < _text.Length && !char.IsWhiteSpace(_text[_at])
                    ? new NotTerm(ReadOne())
                    : throw Wrong("'-' negates nothing");
            case '(':
                _at++;
                RuleTerm inner = ReadAny();
                if (_at >= _text.Length)
                {
                    throw Wrong("a parenthesis is not closed");
                }

                _at++;
                return inner;
            case '"':
                int end = _text.IndexOf('"', _at + 1);
                if (end < 0)
                {
                    throw Wrong("a quotation is not closed");
                }

                string phrase = _text[(_at + 1)..end];
                _at = end + 1;
                return Words(phrase);
            default:
                return ReadWord();
        }
    }

    private WordTerm ReadWord()
    {
        int start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not ('(' or ')' or '"'))
        {
            _at++;
        }

        string word = _text[start.._at];
        int colon = word.IndexOf(':', StringComparison.Ordinal);
        return (colon < 0 ? word[..1] : word[..(colon + 1)]) switch
        {
            "#" when word.Length > 1 => new WordTerm(WordTermKind.Hashtag, word[1..]),
            "@" when word.Length > 1 => new WordTerm(WordTermKind.Mention, word[1..]),
            "from:" when word.Length > "from:".Length => new WordTerm(WordTermKind.From, word["from:".Length..]),
            "lang:" when word.Length > "lang:".Length => new WordTerm(WordTermKind.Language, word["lang:".Length..]),
            _ when colon >= 0 => throw Wrong($"the operator '{word}' is not known"),
            _ => Words(word),
        };
    }

    private WordTerm Words(string text) =>
        PostWords.Split(text).Length > 0 ? new WordTerm(WordTermKind.Words, text) : throw Wrong($"'{text}' is no word");

    private bool TryTakeOr()
    {
        if (!SkipSpace() || !IsOr())
        {
            return false;
        }

        _at += "OR".Length;
        return true;
    }

    private bool IsOr() =>
        _text.AsSpan(_at).StartsWith("OR", StringComparison.Ordinal)
        && (_at + 2 == _text.Length || char.IsWhiteSpace(_text[_at + 2]) || _text[_at + 2] == '(');

    private bool SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }

        return _at < _text.Length;
    }

    private FormatException Wrong(string reason) => new($"{reason} (at position {_at + 1})");
}
