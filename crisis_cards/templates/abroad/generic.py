"""Labels that any line of notes may have: they say what part it plays, and nothing can be asked by them."""

from __future__ import annotations

GENERIC = frozenset(
    """
    ursache ursachen folge folgen grund gründe ziel ziele beispiel beispiele bsp problem probleme lösung
    lösungen vorteil vorteile nachteil nachteile ergebnis ergebnisse bedeutung merkmal merkmale eigenschaft
    eigenschaften funktion funktionen aufbau ablauf definition wichtig hinweis hinweise fazit frage fragen
    antwort thema inhalt autor anfang ende beginn quelle quellen datum ort zeit zeitraum anlass auslöser
    hintergrund verlauf maßnahmen reaktion reaktionen kritik formel einheit aufgabe aufgaben begriff bemerkung
    übersicht zusammenfassung wirkung auswirkung auswirkungen situation voraussetzung voraussetzungen arten
    typen phase phasen schritt schritte politik wirtschaft gesellschaft forderung forderungen bedingung
    bedingungen kennzeichen zweck nutzen anwendung vorkommen siehe vgl achtung merke anmerkung folglich später
    cause causes conséquence conséquences but buts objectif objectifs exemple exemples problème problèmes
    avantage avantages inconvénient inconvénients résultat résultats rôle fonction définition remarque attention
    important contexte date lieu période acteurs origine origines bilan limites formule unité raison raisons
    étape étapes effet effets question réponse sujet auteur conclusion début fin causa causas consecuencia
    consecuencias objetivo objetivos ejemplo ejemplos problema problemas ventaja ventajas desventaja desventajas
    resultado resultados función funciones definición importante nota contexto fecha lugar período periodo
    origen características razón razones etapa etapas efecto efectos pregunta respuesta tema conclusión inicio
    fórmula unidad conseguenza conseguenze obiettivo obiettivi esempio esempi problemi vantaggio vantaggi
    svantaggio svantaggi risultato risultati funzione funzioni definizione contesto data luogo caratteristiche
    motivo motivi fasi fase effetto effetti domanda risposta autore conclusione inizio fine formula unità ruolo
    consequência consequências exemplo exemplos vantagem vantagens desvantagem desvantagens função funções
    definição local origem razão razões efeito efeitos pergunta resposta conclusão início fim unidade oorzaak
    oorzaken gevolg gevolgen doel doelen voorbeeld voorbeelden probleem voordeel voordelen nadeel nadelen
    resultaat functie definitie belangrijk plaats reden redenen vraag antwoord onderwerp begin einde orsak
    orsaker följd följder mål exempel fördel fördelar nackdel nackdelar resultat viktigt plats skäl årsag
    årsager følge følger formål eksempel fordele ulemper årsak årsaker fordel przyczyna przyczyny skutek skutki
    cel cele przykład przykłady zalety wady wynik wyniki funkcja definicja ważne miejsce powód powody pytanie
    odpowiedź temat początek koniec znaczenie příčina příčiny důsledek důsledky následek následky cíl cíle
    příklad příklady výhody nevýhody výsledek funkce důležité sebep sebepler sonuç sonuçlar amaç örnek örnekler
    sorun neden nedenler önemli причина причины следствие последствия цель цели пример примеры проблема итог
    итоги результат результаты значение функция функции определение важно дата место вопрос ответ тема начало
    конец повод преимущества недостатки 原因 結果 结果 目的 例 例えば 例子 問題 问题 影響 影响 意義 意义 背景
    特徴 特征 特点 定義 定义 重要 注意 理由 機能 功能 作用 優点 优点 欠点 缺点 長所 短所 方法 場所 地点 时间
    時間 日付 メモ 補足 まとめ 質問 答え ポイント 注 步骤 命令 说明 備考 원인 결과 목적 예 예시 문제 영향 의의
    배경 특징 정의 중요 주의 이유 기능 장점 단점 방법 장소 시간 질문 답 سبب أسباب نتيجة نتائج هدف أهداف مثال
    مشكلة تعريف مهم ملاحظة تاريخ مكان سؤال جواب السبب الأسباب النتيجة النتائج الهدف الأهداف סיבה סיבות תוצאה
    תוצאות מטרה מטרות דוגמה דוגמאות בעיה הגדרה חשוב הערה תאריך מקום שאלה תשובה สาเหตุ ผล ผลลัพธ์ วัตถุประสงค์
    ตัวอย่าง ปัญหา ความหมาย นิยาม สำคัญ หมายเหตุ วันที่ สถานที่ คำถาม คำตอบ höhepunkt höhepunkte ursprung
    allgemein allgemeines insgesamt besonders weitere sonstiges wirkungen kosten inhalte aussage stil note nb ps todo
    summary example effect url link http https tip info 示例 実例 例題 続き 概要 說明 demo ex ex.
    """.split()
)
