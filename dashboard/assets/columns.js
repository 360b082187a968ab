// The layer in columns: fetched once as binary, filtered in the browser, counted by place and by day.
(function (L) {
  "use strict";
  const Dateline = L.Dateline;

  const OPEN_START = -2147483648;
  const OPEN_END = 2147483647;

  /** Events in columns. The layout is written by `dashboard/columns.py`. */
  Dateline.Columns = class {
    static async load(url, places) {
      const file = await Dateline.fetchFile(url);
      return new Dateline.Columns(await file.arrayBuffer(), places);
    }

    constructor(buffer, places) {
      const number = new Uint32Array(buffer, 0, 1)[0];
      let at = 4;
      const column = (Type) => {
        const values = new Type(buffer, at, number);
        at += number * Type.BYTES_PER_ELEMENT;
        return values;
      };
      this.number = number;
      this.place = column(Int32Array); // -1: no place
      this.start = column(Int32Array); // days since 1970
      this.end = column(Int32Array);
      this.row = column(Uint32Array); // row in the layer
      this.type = column(Uint8Array);
      this.status = column(Uint8Array);
      this.places = places;
    }

    isDated(i) {
      return this.start[i] !== OPEN_START || this.end[i] !== OPEN_END;
    }

    /** Whether event `i` has a chosen type and status, whatever its date. */
    isChosen(i, keep) {
      return keep.types[this.type[i]] && keep.statuses[this.status[i]];
    }

    isInRange(i, range, certainly) {
      const start = this.start[i];
      const end = this.end[i];
      if (start === OPEN_START && end === OPEN_END) return false;
      return certainly ? start >= range[0] && end <= range[1] : start <= range[1] && end >= range[0];
    }

    /** Count the kept events by place and family of types; `sample` is one event of each place. */
    countByPlace(keep, families) {
      const places = this.places.length;
      const counts = new Uint32Array(places);
      const byFamily = new Uint32Array(places * families.count);
      const sample = new Int32Array(places).fill(-1);
      const { place, type } = this;
      const { range, certainly } = keep;
      let kept = 0;
      for (let i = 0; i < this.number; i++) {
        if (!this.isChosen(i, keep) || (range && !this.isInRange(i, range, certainly))) continue;
        kept++;
        const where = place[i];
        if (where < 0) continue;
        counts[where]++;
        byFamily[where * families.count + families.ofType[type[i]]]++;
        sample[where] = i;
      }
      return { kept, counts, byFamily, sample };
    }

    /** Rows (in the layer) of the kept events at some places, at most `most` of them. */
    rowsAt(placeIndexes, keep, most) {
      const wanted = new Set(placeIndexes);
      const rows = [];
      for (let i = 0; i < this.number && rows.length < most; i++) {
        if (!wanted.has(this.place[i]) || !this.isChosen(i, keep)) continue;
        if (keep.range && !this.isInRange(i, keep.range, keep.certainly)) continue;
        rows.push(this.row[i]);
      }
      return rows;
    }

    /** Events of each family in `bins` equal parts of [first, last]; a long event is spread over its days. */
    histogram(first, last, bins, keep, families) {
      const heights = new Float64Array(bins * families.count);
      const binDays = (last - first + 1) / bins;
      for (let i = 0; i < this.number; i++) {
        if (!this.isChosen(i, keep) || !this.isDated(i)) continue;
        let start = this.start[i];
        let end = this.end[i];
        if (start === OPEN_START) start = end; // only the known end is worth showing
        if (end === OPEN_END) end = start;
        if (end < first || start > last) continue;
        const from = Math.floor((Math.max(start, first) - first) / binDays);
        const to = Math.min(bins - 1, Math.floor((Math.min(end, last) - first) / binDays));
        const share = 1 / (to - from + 1);
        const family = families.ofType[this.type[i]];
        for (let bin = from; bin <= to; bin++) heights[bin * families.count + family] += share;
      }
      return heights;
    }
  };
})(L);
