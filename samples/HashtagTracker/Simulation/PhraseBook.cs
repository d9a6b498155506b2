namespace HashtagTracker.Simulation;

/// <summary>What people say, and in which language.</summary>
internal sealed class PhraseBook
{
    private static readonly (string Language, double Weight, string[] Phrases)[] Pages =
    [
        ("en", 0.46,
        [
            "Still cannot believe what I just saw", "This made my day", "Who else is watching this right now?",
            "Hot take, but I stand by it", "Anyone know when it starts?", "Best thing on my timeline today",
            "Here we go again", "I have so many questions", "Counting the minutes", "Proud of everyone involved",
        ]),
        ("es", 0.16,
        [
            "No me lo puedo creer", "Esto se pone interesante", "¿Alguien más lo está viendo?", "Qué buena noticia",
            "Hoy sí que es un gran día", "Vamos con todo",
        ]),
        ("pt", 0.11, ["Que momento!", "Não estava preparado para isso", "Quem mais está acompanhando?", "Bom demais"]),
        ("ja", 0.12, ["これはすごい", "みんな見てる？", "今日一番うれしいニュース", "まさかの展開", "楽しみすぎる"]),
        ("de", 0.07, ["Das muss ich erst einmal sehen", "Wer ist heute dabei?", "Endlich!", "Was für ein Abend"]),
        ("fr", 0.08, ["Incroyable mais vrai", "Qui regarde ça ce soir ?", "Quelle ambiance", "Enfin une bonne idée"]),
    ];

    private readonly AliasTable _languages = new([.. Pages.Select(page => page.Weight)]);

    public (string Language, string Phrase) Draw(ref DeterministicRandom random)
    {
        (string language, _, string[] phrases) = Pages[_languages.Draw(ref random)];
        return (language, phrases[random.NextIndex(phrases.Length)]);
    }
}
